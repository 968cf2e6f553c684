module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_key = "say \"hi\" \\ \u00e9"
      sort_key      = "名前 \U0001F600"
      ttl_attribute = "a\tb"
      purpose       = "Größe: été"
    }
  }
}

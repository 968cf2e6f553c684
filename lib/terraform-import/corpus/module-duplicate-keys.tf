module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = { partition_key = "first" }
    users = { partition_key = "second", purpose = "a", purpose = "b" }
  }
}

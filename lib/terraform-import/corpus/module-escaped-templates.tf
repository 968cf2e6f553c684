module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_key = "$${id}"
      sort_key      = "%%{at}"
      attribute_types = {
        "$${id}"  = "B"
        "%%{at}" = "N"
      }
      ttl_attribute = "$$$${x} $ % $% {"
    }
  }
}

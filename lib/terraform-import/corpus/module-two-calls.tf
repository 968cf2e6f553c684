module "first" {
  source = "../modules/dynamodb"
  tables = { users = { partition_key = "id" } }
}

module "second" {
  source = "../modules/dynamodb"
  tables = { users = { partition_key = "uid" } }
}

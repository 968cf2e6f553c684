module "dynamodb" {
  source = "../modules/dynamodb"
  tables {
    partition_key = "id"
  }
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = { for name in var.names : name => { partition_key = "id" } }
}

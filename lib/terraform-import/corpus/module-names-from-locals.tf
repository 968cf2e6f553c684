locals {
  key   = "id"
  users = "users"
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    (local.users) = {
      partition_key   = (local.key)
      attribute_types = { (local.key) = "N" }
    }
    (var.other) = { partition_key = "id" }
  }
}

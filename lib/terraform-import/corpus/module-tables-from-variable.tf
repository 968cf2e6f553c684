variable "dynamodb_tables" {
  description = "Tables to make"
  type        = map(any)
  default = {
    carts = { partition_key = "cart_id" }
  }
}

module "dynamodb" {
  count  = length(var.dynamodb_tables) > 0 ? 1 : 0
  source = "../modules/dynamodb"
  tables = var.dynamodb_tables
}

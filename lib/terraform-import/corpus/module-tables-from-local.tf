locals {
  tables = {
    carts = {
      partition_key = local.keys.cart
      purpose       = "Carts of ${local.project}"
    }
  }
  keys    = { cart = "cart_id" }
  project = "the shop"
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = local.tables
}

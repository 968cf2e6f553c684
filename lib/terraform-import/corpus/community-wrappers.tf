module "many" {
  source = "terraform-aws-modules/dynamodb-table/aws//wrappers"
  items = {
    orders = { name = "shop-dev-orders", hash_key = "id" }
  }
}

module "users" {
  source       = "registry.terraform.io/terraform-aws-modules/dynamodb-table/aws"
  create_table = false
  name         = "users"
  hash_key     = "id"
}

module "carts" {
  source       = "app.terraform.io/acme/terraform-aws-dynamodb-table/aws"
  create_table = var.make
  hash_key     = "id"
}

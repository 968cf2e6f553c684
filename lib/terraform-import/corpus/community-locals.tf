locals {
  attributes = [{ name = "id", type = "N" }, { name = "at", type = "S" }]
  tags       = { Team = "web" }
}

module "users" {
  source     = "terraform-aws-modules/dynamodb-table/aws"
  name       = "users"
  hash_key   = local.attributes[0].name
  range_key  = local.attributes[1].name
  attributes = local.attributes
  tags       = local.tags
}

module "users" {
  source     = "terraform-aws-modules/dynamodb-table/aws"
  for_each   = var.tables
  name       = each.key
  hash_key   = each.value.key
  attributes = [for a in each.value.attributes : { name = a, type = "S" }]
  global_secondary_indexes = concat(var.indexes, [])
  tags       = var.tags
}

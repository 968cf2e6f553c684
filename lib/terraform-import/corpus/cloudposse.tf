module "dynamodb_table" {
  source    = "cloudposse/dynamodb/aws"
  namespace = "eg"
  name      = "cluster"
  hash_key  = "HashKey"
}

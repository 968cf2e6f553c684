resource "aws_dynamodb_table" "none" {
  count    = 0
  name     = "shop-dev-none"
  hash_key = "id"
}

resource "aws_dynamodb_table" "one" {
  count        = 1
  name         = "shop-dev-one"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_dynamodb_table" "two" {
  count        = "2"
  name         = "shop-dev-two"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

module "none" {
  source = "../modules/dynamodb"
  count  = 0
  tables = { users = { partition_key = "id" } }
}

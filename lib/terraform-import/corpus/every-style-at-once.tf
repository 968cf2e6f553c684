module "a" {
  source = "../modules/dynamodb"
  tables = { from-module = { partition_key = "id" } }
}

module "b" {
  source   = "terraform-aws-modules/dynamodb-table/aws"
  name     = "shop-dev-from-community"
  hash_key = "id"
}

resource "aws_dynamodb_table" "c" {
  name         = "shop-dev-from-resource"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

locals {
  d = { from-local = { partition_key = "id" } }
}

variable "e" {
  default = { from-variable = { partition_key = "id" } }
}

f = { from-tfvars = { partition_key = "id" } }

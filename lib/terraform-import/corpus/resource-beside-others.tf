terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "east"
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

resource "aws_dynamodb_table" "users" {
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.users.name
  hash_key   = "id"
  item       = <<ITEM
{ "id": { "S": "1" } }
ITEM
}

resource "aws_s3_bucket" "files" {
  bucket = "files"
}

output "arn" {
  value = aws_dynamodb_table.users.arn
}

import {
  to = aws_dynamodb_table.users
  id = "users"
}

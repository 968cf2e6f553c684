resource "aws_dynamodb_table" "one" {
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}

resource "aws_dynamodb_table" "two" {
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "uid"
}

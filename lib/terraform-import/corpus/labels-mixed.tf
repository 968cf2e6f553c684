resource "aws_dynamodb_table" {
  hash_key = "id"
}

resource "aws_dynamodb_table" "users" {
  hash_key = "id"
}

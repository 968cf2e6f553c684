resource "aws_dynamodb_table" "users" {
  hash_key = "id"
  hash_key = "uid"
}

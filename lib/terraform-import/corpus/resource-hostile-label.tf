resource "aws_dynamodb_table" "__proto__" {
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "constructor"
  attribute {
    name = "constructor"
    type = "N"
  }
}

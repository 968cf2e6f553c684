resource "aws_dynamodb_table" "users" {
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hashkey      = "id"
  ttl {
    attribute = "ttl"
    enabled   = true
  }
  stream {
    enabled = true
  }
}

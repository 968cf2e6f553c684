resource "aws_dynamodb_table" "orders" {
  name         = "shop-dev-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  range_key    = "at"

  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = var.type
  }
}

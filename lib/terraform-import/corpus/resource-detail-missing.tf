resource "aws_dynamodb_table" "orders" {
  name           = "shop-dev-orders"
  billing_mode   = "PAY_PER_REQUEST"
  hash_key       = "id"
  stream_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  ttl {
    enabled = true
  }
}

resource "aws_dynamodb_table" "off" {
  name           = "shop-dev-off"
  billing_mode   = "PAY_PER_REQUEST"
  hash_key       = "id"
  stream_enabled = false
  attribute {
    name = "id"
    type = "S"
  }
  ttl {
    attribute_name = "gone_at"
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "shop-dev-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  range_key    = "at"
  attribute {
    name = "at"
    type = "N"
  }
}

# The provider's newer way to give a table an index.
resource "aws_dynamodb_global_secondary_index" "by_total" {
  table_name = aws_dynamodb_table.orders.name
  index_name = "by-total"
}

resource "aws_dynamodb_table" "all" {
  for_each     = { users = "id", carts = "cart" }
  name         = each.key
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value
  attribute {
    name = each.value
    type = "S"
  }
}

# The key decides whether there is such a block at all.
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "server_side_encryption" {
    for_each = var.key == null ? [] : [1]
    content {
      enabled     = true
      kms_key_arn = var.key
    }
  }
}

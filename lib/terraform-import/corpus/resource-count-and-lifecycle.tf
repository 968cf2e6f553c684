resource "aws_dynamodb_table" "users" {
  count        = 2
  provider     = aws.east
  depends_on   = [aws_kms_key.main]
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  timeouts {
    create = "10m"
  }

  lifecycle {
    prevent_destroy = true
    ignore_changes  = [read_capacity, write_capacity]
  }
}

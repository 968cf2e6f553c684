resource "aws_dynamodb_table" "audit_log" {
  name         = "${var.project}-${var.environment}-audit"
  billing_mode = var.billing
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

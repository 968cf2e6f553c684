# Capacities that Terraform keeps to itself, as they stand in tables that were provisioned once.
resource "aws_dynamodb_table" "orders" {
  name           = "shop-dev-orders"
  billing_mode   = "PAY_PER_REQUEST"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 0

  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "town"
    type = "S"
  }

  global_secondary_index {
    name            = "by-town"
    hash_key        = "town"
    projection_type = "ALL"
    read_capacity   = 10
    write_capacity  = 10
  }
}

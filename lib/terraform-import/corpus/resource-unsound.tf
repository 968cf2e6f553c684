resource "aws_dynamodb_table" "orders" {
  name          = "shop-dev-orders"
  billing_mode  = "PROVISIONED"
  hash_key      = "id"
  read_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "total"
    type = "N"
  }

  on_demand_throughput {
    max_read_request_units = 10
  }
  local_secondary_index {
    name            = "by-total"
    range_key       = "total"
    projection_type = "ALL"
  }
}

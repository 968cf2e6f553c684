resource "aws_dynamodb_table" "orders" {
  name                        = "shop-prod-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "customer"
  range_key                   = "placed_at"
  stream_enabled              = true
  stream_view_type            = "OLD_IMAGE"
  table_class                 = "STANDARD_INFREQUENT_ACCESS"
  deletion_protection_enabled = true

  attribute {
    name = "customer"
    type = "B"
  }
  attribute {
    name = "placed_at"
    type = "N"
  }
  attribute {
    name = "total"
    type = "N"
  }

  ttl {
    attribute_name = "gone_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }

  on_demand_throughput {
    max_read_request_units  = 100
    max_write_request_units = -1
  }

  local_secondary_index {
    name            = "by-total"
    range_key       = "total"
    projection_type = "KEYS_ONLY"
  }

  tags = {
    Name        = "shop-prod-orders"
    Project     = "shop"
    Environment = "prod"
    ManagedBy   = "Terraform"
    Purpose     = "Orders"
    Type        = "time-series"
    Team        = "web"
  }
}

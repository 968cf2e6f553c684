module "orders" {
  source  = "terraform-aws-modules/dynamodb-table/aws"
  version = "~> 5.0"

  name                                  = "shop-dev-orders"
  hash_key                              = "customer"
  range_key                             = "placed_at"
  billing_mode                          = "PROVISIONED"
  read_capacity                         = 5
  write_capacity                        = 6
  table_class                           = "STANDARD"
  deletion_protection_enabled           = true
  point_in_time_recovery_enabled        = true
  point_in_time_recovery_period_in_days = 20
  ttl_enabled                           = true
  ttl_attribute_name                    = "gone_at"
  stream_enabled                        = true
  stream_view_type                      = "NEW_IMAGE"
  server_side_encryption_enabled        = true
  server_side_encryption_kms_key_arn    = "alias/orders"

  attributes = [
    { name = "customer", type = "S" },
    { name = "placed_at", type = "N" },
    { name = "status", type = "S" },
  ]

  global_secondary_indexes = [
    {
      name               = "by-status"
      hash_key           = "status"
      projection_type    = "INCLUDE"
      non_key_attributes = ["id"]
      read_capacity      = 1
      write_capacity     = 2
    }
  ]

  local_secondary_indexes = [
    { name = "by-status-too", range_key = "status", projection_type = "ALL" }
  ]
}

module "dynamodb" {
  source = "./modules/dynamodb"

  tables = {
    orders = {
      partition_key                 = "customer"
      sort_key                      = "placed_at"
      attribute_types               = { customer = "S", placed_at = "N", status = "S", total = "N" }
      type                          = "time-series"
      billing_mode                  = "PROVISIONED"
      read_capacity                 = 20
      write_capacity                = 10
      enable_ttl                    = true
      ttl_attribute                 = "gone_at"
      enable_point_in_time_recovery = true
      point_in_time_recovery_days   = 14
      enable_stream                 = true
      stream_view_type              = "KEYS_ONLY"
      kms_key_id                    = "alias/orders"
      purpose                       = "Orders of the shop"
      encryption                    = "customer_managed"
      deletion_protection           = true
      table_class                   = "STANDARD_INFREQUENT_ACCESS"
      global_secondary_indexes = {
        by-status = {
          partition_key      = "status"
          sort_key           = "placed_at"
          projection_type    = "INCLUDE"
          non_key_attributes = ["lines", "note"]
          read_capacity      = 5
          write_capacity     = 5
        }
      }
      local_secondary_indexes = {
        by-total = { sort_key = "total", projection_type = "KEYS_ONLY" }
      }
      tags = { CostCenter = "1234" }
    }
  }
}

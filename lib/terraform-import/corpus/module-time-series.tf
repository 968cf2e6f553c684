module "dynamodb" {
  source = "../modules/dynamodb"

  project_name = "shop"
  environment  = "dev"

  tables = {
    "events" = {
      partition_key = "event_type"
      sort_key      = "timestamp"
      type          = "time-series"
      attribute_types = {
        event_type = "S"
        timestamp  = "N"
      }
      enable_ttl    = true
      ttl_attribute = "expires_at"
      enable_stream = true
      stream_view_type = "NEW_IMAGE"
    }
  }
}

tables = {
  "user-data" = {
    partition_key = "user_id"
    type          = "key-value"
    enable_point_in_time_recovery = true
  }

  "events" = {
    partition_key = "event_type"
    sort_key      = "timestamp"
    type          = "time-series"
    attribute_types = {
      event_type = "S"
      timestamp  = "N"
    }
    enable_ttl = true
    ttl_attribute = "ttl"
  }

  "sessions" = {
    partition_key = "session_id"
    type          = "key-value"
    enable_ttl = true
    ttl_attribute = "expires_at"
  }
}

tables = {
  users = {
    partition_key  = ("id")
    sort_key       = (("at"))
    enable_ttl     = (true)
    billing_mode   = "PROVISIONED"
    read_capacity  = (5)
    write_capacity = -1
    deletion_protection = !false
    ttl_attribute  = ("a \"b\"")
    point_in_time_recovery_days = 1 + 2
  }
}

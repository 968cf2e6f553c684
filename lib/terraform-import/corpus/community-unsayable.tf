module "users" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-dynamodb-table.git?ref=v5.5.0"

  name                = "users"
  hash_key            = "id"
  attributes          = [{ name = "id", type = "S" }]
  autoscaling_enabled = true
  autoscaling_read = {
    max_capacity = 10
  }
  autoscaling_write   = {}
  replica_regions     = [{ region_name = "eu-west-1" }]
  import_table        = {}
  resource_policy     = "{}"
  restore_source_name = "old"
  region              = "eu-west-1"
  timeouts            = { create = "5m" }
  on_demand_throughput = {
    max_read_request_units  = 10
    max_write_request_units = 20
  }
  wibble = 1
}

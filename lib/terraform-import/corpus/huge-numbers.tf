tables = {
  users = {
    partition_key  = "id"
    billing_mode   = "PROVISIONED"
    read_capacity  = 99999999999999999999999999
    write_capacity = 1e999
    max_read_request_units  = 1.5
    max_write_request_units = 1e3
  }
}

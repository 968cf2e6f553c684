tables = {
  events = {
    partition_key   = "id"
    type            = "time-series"
    attribute_types = { id = "S", at = "N" }
  }
  orders = {
    partition_key = "id"
    read_capacity = 5
  }
}

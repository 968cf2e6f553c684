# Windows
tables = {
  users = {
    partition_key = "id"
    sort_key      = "at"
  }
}

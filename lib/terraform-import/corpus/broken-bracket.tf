tables = {
  users = {
    partition_key = "id"

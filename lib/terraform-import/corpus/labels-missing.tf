resource {
  hash_key = "id"
}

module {
  tables = { lost = { partition_key = "id" } }
}

tables = {
  users = { partition_key = "id" }
}

tables = {
  "users" = {
    "partition_key" = "id",
    "attribute_types" = { "id" = "N" },
    "tags" = { "Team" = "web", },
  },
}

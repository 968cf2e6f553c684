module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_key = "id"
      sort_key      = "at"
      global_secondary_indexes = {
        "by email" = { partition_key = "email" }
        by-age     = { partition_key = var.age, projection_type = "SOME", colour = "red" }
        by-name    = "name"
        by-town    = { partition_key = "town", non_key_attributes = ["a", var.b], projection_type = "INCLUDE" }
      }
      local_secondary_indexes = {
        by-size = { sort_key = "size", partition_key = "id" }
      }
    }
  }
}

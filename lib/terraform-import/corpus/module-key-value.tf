module "dynamodb" {
  source = "../modules/dynamodb"

  project_name = var.project_name
  environment  = var.environment

  tables = {
    "user-data" = {
      partition_key = "user_id"
      type          = "key-value"
      attribute_types = {
        user_id = "S"
      }
      enable_point_in_time_recovery = true
    }
  }

  tags = local.common_tags
}

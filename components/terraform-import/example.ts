/** The example of the module's README: a key-value and a time-series table, with what only Terraform knows around them. */
export const exampleHcl = `module "dynamodb" {
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

    "events" = {
      partition_key = "event_type"
      sort_key      = "timestamp"
      type          = "time-series"
      attribute_types = {
        event_type = "S"
        timestamp  = "N"
      }
      enable_ttl    = true
      ttl_attribute = "ttl"
      enable_stream = true
    }
  }

  tags = local.common_tags
}
`;

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_key  = 5
      sort_key       = true
      billing_mode   = "PROVISIONED"
      read_capacity  = "7"
      write_capacity = "8"
      enable_ttl     = "true"
      enable_stream  = "false"
    }
  }
}

project_name = "shop"
environment  = "dev"
region       = "eu-west-1"

dynamodb_tables = {
  users = { partition_key = "id" }
}

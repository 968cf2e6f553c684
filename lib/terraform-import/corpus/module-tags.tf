module "dynamodb" {
  source       = "../modules/dynamodb"
  project_name = "shop"
  environment  = "dev"
  tables = {
    a1 = { partition_key = "id" }
    b2 = { partition_key = "id", tags = { Team = "b" } }
  }
  tags = {
    Project     = "shop"
    Environment = "prod"
    ManagedBy   = "Terraform"
    Team        = "core"
    Owner       = var.owner
    "bad|key"   = "x"
  }
}

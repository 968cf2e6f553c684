module "vpc" {
  source = "terraform-aws-modules/vpc/aws"
  name   = "main"
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = { partition_key = "id" }
    count = 3
    text  = "x"
  }
}

locals {
  data = {
    users = { partition_key = "id" }
  }
  region = "eu-west-1"
}

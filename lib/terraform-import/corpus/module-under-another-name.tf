module "storage" {
  source = "../modules/storage"
  ddb = {
    users  = { partition_key = "id" }
    orders = { partition_key = "id", sort_key = "at" }
  }
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_ky  = "id"
      hash_key      = "id"
      enabel_stream = true
      colour        = "blue"
    }
  }
}

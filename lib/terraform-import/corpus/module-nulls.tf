module "dynamodb" {
  source       = "../modules/dynamodb"
  project_name = null
  tables = {
    users = {
      partition_key   = "id"
      sort_key        = null
      attribute_types = null
      kms_key_id      = null
      purpose         = (null)
      tags            = { a = null }
    }
    none = null
  }
  tags = null
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    users = {
      partition_key   = "id"
      attribute_types = { id = "STRING", age = "N" }
      type            = "document"
      billing_mode    = "ON_DEMAND"
      enable_ttl      = "yes"
      read_capacity   = 0
      table_class     = ["STANDARD"]
      kms_key_id      = "alias/aws/dynamodb"
      purpose         = "50% <off>"
      tags            = "none"
    }
  }
}

module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    "constructor" = {
      partition_key   = "__proto__"
      attribute_types = { "constructor" = "S", "__proto__" = "N" }
      tags            = { "__proto__" = "x", "toString" = "y" }
    }
    "__proto__" = { partition_key = "id" }
    "toString"  = { partition_key = "hasOwnProperty" }
  }
}

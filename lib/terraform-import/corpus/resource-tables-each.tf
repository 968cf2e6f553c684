# A module's inside, and the tfvars that it is given.
resource "aws_dynamodb_table" "this" {
  for_each     = var.tables
  name         = "${var.project_name}-${var.environment}-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value.partition_key

  attribute {
    name = each.value.partition_key
    type = "S"
  }
}

tables = {
  users  = { partition_key = "id" }
  events = { partition_key = "id", sort_key = "at" }
}

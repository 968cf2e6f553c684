resource "aws_dynamodb_table" "users" {
  hash_key     = "id"
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    Description = <<-TEXT
        All users
      of the shop
    TEXT
    Live = <<TEXT
${var.owner}
TEXT
  }
}

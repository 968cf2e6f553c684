resource "aws_dynamodb_table" "users" {
  name         = "shop-dev-users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags = {
    Type                   = "document"
    Purpose                = "All #users"
    Cost                   = 1234
    "aws:thing"            = "x"
    "tablewright:table-id" = "f3b8"
    "Odd|Key"              = "y"
    Name                   = "shop-dev-users"
    (var.team)             = "z"
  }
}

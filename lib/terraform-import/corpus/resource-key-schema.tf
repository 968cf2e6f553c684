resource "aws_dynamodb_table" "users" {
  name         = "users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  global_secondary_index {
    name            = "by-town"
    projection_type = "ALL"
    key_schema {
      attribute_name = "town"
      key_type       = "HASH"
    }
    key_schema {
      attribute_name = "age"
      key_type       = "RANGE"
    }
  }

  global_secondary_index {
    name            = "by-two"
    projection_type = "ALL"
    key_schema {
      attribute_name = "one"
      key_type       = "HASH"
    }
    key_schema {
      attribute_name = "two"
      key_type       = "HASH"
    }
  }
}

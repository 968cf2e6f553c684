resource "aws_dynamodb_table" "users" {
  name                   = "users"
  billing_mode           = "PAY_PER_REQUEST"
  hash_key               = "id"
  restore_source_name    = "old-users"
  restore_to_latest_time = true
  attribute {
    name = "id"
    type = "S"
  }
  import_table {
    input_format = "DYNAMODB_JSON"
    s3_bucket_source {
      bucket = "backup"
    }
  }
  warm_throughput {
    read_units_per_second = 15000
  }
}

module "dynamodb" {
  source    = "git::https://example.com/modules.git//dynamodb?ref=v1"
  version   = "1.0.0"
  count     = 1
  providers = { aws = aws.east }
  depends_on = [aws_kms_key.main]
  tables = {
    users = { partition_key = "id" }
  }
  extra = "x"
}

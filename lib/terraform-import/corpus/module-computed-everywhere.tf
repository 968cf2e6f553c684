module "dynamodb" {
  source = "../modules/dynamodb"
  tables = {
    sessions = {
      partition_key                 = var.key
      sort_key                      = local.missing
      attribute_types               = { (var.key) = "S", id = var.type }
      billing_mode                  = var.prod ? "PROVISIONED" : "PAY_PER_REQUEST"
      read_capacity                 = max(1, 5)
      enable_ttl                    = !var.keep
      ttl_attribute                 = "${var.prefix}_ttl"
      enable_point_in_time_recovery = contains(["prod"], var.environment)
      kms_key_id                    = aws_kms_key.main.arn
      purpose                       = format("%s sessions", var.project)
      tags                          = merge(local.tags, { Team = "web" })
    }
  }
}

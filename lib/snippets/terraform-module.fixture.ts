/** The module's variables, as its variables.tf declares them. */
export const moduleVariables = `variable "project_name" { type = string }
variable "environment" { type = string }
variable "tables" {
  type = map(object({
    partition_key                 = string
    sort_key                      = optional(string)
    attribute_types               = optional(map(string), {})
    type                          = optional(string, "key-value")
    billing_mode                  = optional(string, "PAY_PER_REQUEST")
    enable_ttl                    = optional(bool, false)
    ttl_attribute                 = optional(string, "ttl")
    enable_point_in_time_recovery = optional(bool, false)
    enable_stream                 = optional(bool, false)
    stream_view_type              = optional(string, "NEW_AND_OLD_IMAGES")
    kms_key_id                    = optional(string)
    purpose                       = optional(string, "Application Data Storage")
  }))
  default = {}
}
variable "tags" {
  type    = map(string)
  default = {}
}
`;

/** What the module makes of them, by the behaviour of its main.tf. */
export const moduleMain = `resource "aws_dynamodb_table" "this" {
  for_each = var.tables

  name             = "\${var.project_name}-\${var.environment}-\${each.key}"
  billing_mode     = each.value.billing_mode
  hash_key         = each.value.partition_key
  range_key        = each.value.sort_key
  stream_enabled   = each.value.enable_stream
  stream_view_type = each.value.enable_stream ? each.value.stream_view_type : null

  dynamic "attribute" {
    for_each = compact([each.value.partition_key, each.value.sort_key])
    content {
      name = attribute.value
      type = lookup(each.value.attribute_types, attribute.value, "S")
    }
  }

  dynamic "ttl" {
    for_each = each.value.enable_ttl ? [1] : []
    content {
      attribute_name = each.value.ttl_attribute
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = each.value.enable_point_in_time_recovery
  }

  server_side_encryption {
    enabled = true
  }

  tags = merge(var.tags, {
    Name    = "\${var.project_name}-\${var.environment}-\${each.key}"
    Purpose = each.value.purpose
    Type    = each.value.type
  })
}
`;

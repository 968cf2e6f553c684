locals {
  names  = ["id", "at"]
  nested = { deep = { key = "town" }, "odd key" = "size" }
  twice  = "a"
}

locals {
  more  = true
  twice = "b"
}

tables = {
  users = {
    partition_key = local.names[0]
    sort_key      = local.nested["odd key"]
    ttl_attribute = local.nested.deep.key
    enable_ttl    = local.more
    purpose       = local.twice
    stream_view_type = local.nested.nothing
    kms_key_id    = local.names[7]
  }
}

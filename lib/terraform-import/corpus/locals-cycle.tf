locals {
  a = local.b
  b = local.a
  c = [local.c]
}

tables = {
  users = { partition_key = local.a, sort_key = "at", purpose = local.c[0] }
}

variable "tables" {
  default = {
    old = { partition_key = "id" }
  }
}

tables = {
  new = { partition_key = "id" }
}

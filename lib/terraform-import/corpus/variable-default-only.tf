variable "tables" {
  type = map(object({ partition_key = string }))
  default = {
    users = { partition_key = "id", sort_key = var.other }
  }
}

tables = {
  größe     = { partition_key = "größe" }
  "注文"     = { partition_key = "識別子", sort_key = "👍🏽" }
}

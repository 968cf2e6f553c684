tables = { users = { partition_key = "id", sort_key = "at", type = "time-series" } }

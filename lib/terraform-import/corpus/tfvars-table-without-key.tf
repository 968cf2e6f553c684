tables = {
  users = { sort_key = "at" }
}

tables = {
  users = {
    purpose = <<EOT
never ends
  }
}

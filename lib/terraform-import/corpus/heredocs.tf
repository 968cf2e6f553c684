tables = {
  users = {
    partition_key = <<-EOT
      id
    EOT
    purpose = trimspace(<<EOT
Users
EOT
    )
    ttl_attribute = <<EOT
$${x} "quoted" \n } {
EOT
  }
}

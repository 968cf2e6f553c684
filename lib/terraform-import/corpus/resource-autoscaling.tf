resource "aws_dynamodb_table" "users" {
  name           = "users"
  hash_key       = "id"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "read" {
  max_capacity       = 100
  min_capacity       = 5
  resource_id        = "table/${aws_dynamodb_table.users.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  service_namespace  = "dynamodb"
}

resource "aws_appautoscaling_policy" "read" {
  name              = "read"
  service_namespace = aws_appautoscaling_target.read.service_namespace
  policy_type       = "TargetTrackingScaling"
  resource_id       = "table/users"
}

resource "aws_appautoscaling_target" "web" {
  service_namespace = "ecs"
  resource_id       = "service/web"
}

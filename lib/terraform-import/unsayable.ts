const replicas =
  "Replicas in other Regions cannot be asked for here. Arrange for them with the platform team.";
const restore = "A table cannot be restored or filled from elsewhere by a request; it is created empty.";
const autoscaling =
  "Autoscaling of capacity cannot be asked for here. Choose on-demand billing, or fixed capacities.";
const repeated =
  "A count or for_each may make none or several of it; that is computed. It was read once; add others by hand.";
const terraformOnly = "This is for Terraform alone and has no counterpart in a request.";
const warm = "Warm throughput cannot be asked for here.";

/** Arguments of every block that mean something to Terraform only. */
export const metaArguments: Readonly<Record<string, string>> = {
  count: repeated,
  for_each: repeated,
  lifecycle: terraformOnly,
  depends_on: terraformOnly,
  provider: "The environment of the request decides on account and Region, not a provider.",
  providers: "The environment of the request decides on account and Region, not a provider.",
  provisioner: terraformOnly,
  connection: terraformOnly,
  timeouts: terraformOnly,
};

/** What a table of Terraform may have and a spec has no word for, with the sentence that says so. */
export const unsayable: Readonly<Record<string, string>> = {
  ...metaArguments,
  replica: replicas,
  replica_regions: replicas,
  global_table_witness: replicas,
  restore_date_time: restore,
  restore_source_name: restore,
  restore_source_table_arn: restore,
  restore_to_latest_time: restore,
  restore_backup_arn: restore,
  import_table: restore,
  warm_throughput: warm,
  on_demand_throughput:
    "Limits of request units of one index cannot be asked for here, only those of the table.",
  resource_policy:
    "A policy on the table itself cannot be asked for here. Use the IAM policies of the table's page.",
  region: "The environment of the request decides on the Region.",
  tags_all: terraformOnly,
  autoscaling_enabled: autoscaling,
  autoscaling_defaults: autoscaling,
  autoscaling_read: autoscaling,
  autoscaling_write: autoscaling,
  autoscaling_indexes: autoscaling,
  ignore_changes_global_secondary_index: terraformOnly,
  create_table: "Whether Terraform makes the table is computed; it was read as if it did.",
};

/** Resources that belong to a DynamoDB table. */
export const besideTables: Readonly<Record<string, string>> = {
  aws_appautoscaling_target: autoscaling,
  aws_appautoscaling_policy: autoscaling,
  aws_appautoscaling_scheduled_action: autoscaling,
  aws_dynamodb_table_replica: replicas,
  aws_dynamodb_global_table: replicas,
  aws_dynamodb_table_item: "Items cannot be put into a table by a request; it is created empty.",
  aws_dynamodb_resource_policy: "A policy on the table itself cannot be asked for here.",
  aws_dynamodb_kinesis_streaming_destination: "A Kinesis destination cannot be asked for here.",
  aws_dynamodb_contributor_insights: "Contributor Insights cannot be asked for here.",
  aws_dynamodb_global_secondary_index:
    "Indexes beside the table's own block are not read. Add this one in the wizard.",
  aws_dynamodb_tag: "Tags beside the table's own block are not read. Add them by hand.",
  aws_dynamodb_table_export: "An export cannot be asked for here.",
};

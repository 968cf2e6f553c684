/** What the form calls the spec's fields, where its messages would say the bare name. */
const words: Record<string, string> = {
  partition_key: "partition key",
  sort_key: "sort key",
  ttl_attribute: "TTL attribute",
  stream_view_type: "stream view type",
  kms_key_id: "KMS key",
  read_capacity: "read capacity",
  write_capacity: "write capacity",
  max_read_request_units: "most read request units",
  max_write_request_units: "most write request units",
  point_in_time_recovery_days: "recovery window in days",
  billing_mode: "billing mode",
  projection_type: "projection",
  non_key_attributes: "chosen attributes",
  attribute_types: "attribute types",
  global_secondary_indexes: "global secondary indexes",
  local_secondary_indexes: "local secondary indexes",
  enable_ttl: "time to live",
  PAY_PER_REQUEST: "on demand",
  PROVISIONED: "provisioned",
};

const names = new RegExp(
  `"(?:PAY_PER_REQUEST|PROVISIONED)"|"(?:[^"\\\\]|\\\\.)*"|\\b(?:${Object.keys(words).join("|")})\\b`,
  "g",
);

/** A message of the schema in the form's words: fields by their labels. What somebody typed, in quotes, stays. */
export function inFormWords(message: string): string {
  const said = message.replace(names, (found) => {
    if (/^"P[A-Z_]+"$/.test(found)) return words[found.slice(1, -1)] ?? found;
    return words[found] ?? found;
  });
  return said.charAt(0).toUpperCase() + said.slice(1);
}

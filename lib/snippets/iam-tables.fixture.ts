import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { parseIamPolicyOptions } from "./iam-policy-snippet.ts";
import type { SnippetTable } from "./snippet.ts";

export const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The fields of a table under the customer key, as a worker has read them. */
export const customerKey = {
  spec: { encryption: "customer_managed", kms_key_id: keyArn },
  kmsKeyArn: keyArn,
};

/** A table of shop in prod: `shop-prod-<key>`, active, with the partition key `id` unless the spec says otherwise. */
export function policyTable(
  key = "orders",
  { spec, ...fields }: Partial<Omit<SnippetTable, "spec">> & { spec?: object } = {},
): SnippetTable {
  const name = fields.name ?? `shop-prod-${key}`;
  const region = fields.region ?? "eu-west-1";
  const account = fields.account ?? "111111111111";
  return {
    key,
    name,
    project: "shop",
    environment: "prod",
    account,
    region,
    endpoint: null,
    spec: tableSpecSchema.parse({ partition_key: "id", ...spec }),
    tags: {},
    arn: `arn:aws:dynamodb:${region}:${account}:table/${name}`,
    streamArn: null,
    kmsKeyArn: null,
    unsupported: [],
    ...fields,
  };
}

/** A sorted table with an index of each kind: `by_mail` has another partition key, `by_date` and `by_total` the table's. */
export const indexedSpec = {
  sort_key: "line",
  global_secondary_indexes: {
    by_mail: { partition_key: "mail" },
    by_date: { partition_key: "id", sort_key: "date" },
  },
  local_secondary_indexes: { by_total: { sort_key: "total" } },
};

/** Options as somebody gives them, complete. */
export const policyOptions = (given: object = {}) => parseIamPolicyOptions(given);

import * as z from "zod";
import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { query } from "#lib/core/query.ts";
import type { PolicyTable } from "#lib/snippets/iam-policy.ts";
import { iamPolicySnippet, parseIamPolicyOptions } from "#lib/snippets/iam-policy-snippet.ts";
import { getTable, tableId } from "./queries.ts";
import type { TableView } from "./schema.ts";

/** The formats a later version brings; asking for one of them is refused with that reason. */
const laterFormats = ["terraform-module", "terraform", "cloudformation", "cdk", "aws-cli", "env"];

/** `GET /tables/{id}/snippets`: the formats there are. Throws NOT_FOUND. */
export const listSnippetFormats = query({
  input: tableId,
  run: async (actor: Actor, { id }) => {
    await getTable(actor, { id });
    return { items: [{ format: "iam-policy" }] };
  },
});

const snippetInput = tableId.extend({
  format: z.string().max(100),
  options: z.record(z.string(), z.string()),
});

/**
 * `GET /tables/{id}/snippets/{format}`. Throws NOT_FOUND (table, format), INVALID (options, a format of a later
 * version), CONFLICT (the table has no ARN yet, or its customer key is not known yet).
 */
export const getTableSnippet = query({
  input: snippetInput,
  run: async (actor: Actor, { id, format, options }) => {
    const table = await getTable(actor, { id });
    if (laterFormats.includes(format)) {
      const message = `The format "${format}" is not available in this version; use "iam-policy"`;
      throw new AppError("INVALID", message, { errors: [{ path: "/format", message }] });
    }
    if (format !== "iam-policy") throw new AppError("NOT_FOUND", `There is no format "${format}".`);
    return iamPolicySnippet(parseIamPolicyOptions(options), policyTable(table));
  },
});

/** What a policy needs to know of a table. Throws CONFLICT until a worker has read the ARN. */
export function policyTable(table: TableView): PolicyTable {
  if (table.arn === null) {
    throw new AppError("CONFLICT", `${table.name} has no ARN yet: policies are there once the table exists.`);
  }
  const { spec } = table;
  return {
    name: table.name,
    arn: table.arn,
    region: table.region,
    hasIndexes:
      Object.keys(spec.global_secondary_indexes).length + Object.keys(spec.local_secondary_indexes).length >
      0,
    streamArn: table.stream_arn,
    encryption: spec.encryption,
    kmsKeyArn: table.encryption.kms_key_arn,
  };
}

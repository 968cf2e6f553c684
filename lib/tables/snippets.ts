import * as z from "zod";
import type { Actor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { query } from "#lib/core/query.ts";
import { awsCliSnippet } from "#lib/snippets/aws-cli.ts";
import { cdkSnippet } from "#lib/snippets/cdk.ts";
import { cloudformationSnippet } from "#lib/snippets/cloudformation.ts";
import { envSnippet, parseEnvOptions } from "#lib/snippets/env.ts";
import { apart } from "#lib/snippets/file-names.ts";
import {
  type IamPolicySnippet,
  iamPolicySnippet,
  parseIamPolicyOptions,
} from "#lib/snippets/iam-policy-snippet.ts";
import { readOptions } from "#lib/snippets/read-options.ts";
import type { Snippet, SnippetTable, SnippetWarning } from "#lib/snippets/snippet.ts";
import { terraformSnippet } from "#lib/snippets/terraform.ts";
import { terraformModuleSnippet } from "#lib/snippets/terraform-module.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import { tableId } from "./queries.ts";
import { type SnippetFormat, snippetFormats } from "./schema.ts";
import { type SelectedTable, selectionFields, selectionProblem, selectTables } from "./snippet-queries.ts";

type Emit = (tables: readonly SnippetTable[]) => Snippet | IamPolicySnippet;
type Format = {
  /** Only of tables that exist: the text names what AWS gave them. */
  existing: boolean;
  /** Reads the options, then waits for tables. Throws INVALID. */
  read: (options: Record<string, unknown>) => Emit;
};

const reading =
  <Options>(
    parse: (options: Record<string, unknown>) => Options,
    make: (tables: readonly SnippetTable[], options: Options) => ReturnType<Emit>,
  ): Format["read"] =>
  (given) => {
    const options = parse(given);
    return (tables) => make(tables, options);
  };

const noOptions = (options: unknown) => readOptions(z.strictObject({}), "This format", options);

const formats = {
  "iam-policy": {
    existing: true,
    read: reading(parseIamPolicyOptions, (tables, options) => iamPolicySnippet(options, tables)),
  },
  "terraform-module": { existing: false, read: reading(noOptions, terraformModuleSnippet) },
  terraform: { existing: true, read: reading(noOptions, terraformSnippet) },
  cloudformation: { existing: false, read: reading(noOptions, cloudformationSnippet) },
  cdk: { existing: false, read: reading(noOptions, cdkSnippet) },
  "aws-cli": { existing: false, read: reading(noOptions, awsCliSnippet) },
  env: { existing: false, read: reading(parseEnvOptions, envSnippet) },
} satisfies Record<SnippetFormat, Format>;

/** `GET /tables/{id}/snippets`: the formats there are, and why one is not to be had yet. Throws NOT_FOUND. */
export const listSnippetFormats = query({
  input: tableId,
  run: async (actor: Actor, { id }) => {
    const [table] = await selectTable(actor, id);
    return {
      items: snippetFormats.map((format) => {
        const reason = absence(format, table!);
        return { format, available: reason === null, reason };
      }),
    };
  },
});

/**
 * `GET /tables/{id}/snippets/{format}`: one file; of a policy that is spread over several the first, and all in `files`. Throws NOT_FOUND (table, format), INVALID (options), CONFLICT (the
 * table does not exist, or its customer key is not known yet).
 */
export const getTableSnippet = query({
  input: tableId.extend({ format: z.string().max(100), options: z.record(z.string(), z.unknown()) }),
  run: async (actor: Actor, { id, format, options }) => {
    if (!isFormat(format)) {
      const names = snippetFormats.join(", ");
      throw new AppError("NOT_FOUND", `There is no format "${format}". There are ${names}.`);
    }
    const tables = await selectTable(actor, id);
    const { files, warnings, ...rest } = emit(format, tables, options);
    if (files.length === 1) return { format, ...files[0]!, ...rest, warnings };
    const message = `One policy would be too long, so these are ${files.length}, and only all of them together are what was asked for: they stand in \`files\`, and \`content\` is the first.`;
    return { format, ...files[0]!, files, ...rest, warnings: [{ path: "/files", message }, ...warnings] };
  },
});

/** The table of an address. Throws NOT_FOUND, without the place of a body that there is none of. */
async function selectTable(actor: Actor, id: string): Promise<SelectedTable[]> {
  try {
    return await selectTables(actor, { table_ids: [id.toLowerCase()] });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "NOT_FOUND") throw error;
    throw new AppError("NOT_FOUND", error.message, { cause: error });
  }
}

/** The body of `POST /snippets`; its options are those of the format. */
export const snippetsBody = z
  .strictObject({
    ...selectionFields,
    format: z.enum(snippetFormats, { error: `format must be one of ${snippetFormats.join(", ")}.` }),
    options: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((body, context) => {
    const message = selectionProblem(body);
    if (message) context.addIssue({ code: "custom", message });
  });

/**
 * `POST /snippets`: code for several tables, as files that may lie in one folder. Tables that a format cannot be had of
 * yet are left out and named in `warnings`.
 * Throws NOT_FOUND (selection), INVALID (body, options), CONFLICT (none of the tables exists, a customer key is not known).
 */
export const makeSnippets = query({
  input: snippetsBody,
  run: async (actor: Actor, { format, options, ...selection }) => {
    const tables = await selectTables(actor, selection);
    return { format, ...emit(format, tables, options, "/options") };
  },
});

const isFormat = (format: string): format is SnippetFormat => Object.hasOwn(formats, format);

function emit(format: SnippetFormat, tables: SelectedTable[], options: object, optionsPath = "") {
  const emitter = under(optionsPath, () => formats[format].read({ ...options }));
  const reasons = tables.map((table) => absence(format, table));
  const absent: SnippetWarning[] = tables.flatMap(({ key }, at) =>
    reasons[at] ? [{ path: jsonPointer(["tables", key]), message: reasons[at] }] : [],
  );
  const there = tables.filter((_, at) => !reasons[at]);
  if (there.length === 0 && absent.length > 0) {
    const others = absent.length - 1;
    const more = others > 0 ? ` The same goes for ${others} other${others > 1 ? "s" : ""}.` : "";
    throw new AppError("CONFLICT", `${absent[0]!.message}${more}`);
  }
  const snippet = there.length > 0 ? under(optionsPath, () => emitter(there)) : { files: [], warnings: [] };
  const early = format === "terraform" ? there.flatMap(ttlWarnings) : [];
  return { ...snippet, files: apart(snippet.files), warnings: [...absent, ...early, ...snippet.warnings] };
}

/**
 * DynamoDB takes up to an hour to switch TTL on, and until then Terraform's provider reads it as off. The sandbox and
 * emulators take a second.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
function ttlWarnings({ key, endpoint, ttlStatus }: SelectedTable): SnippetWarning[] {
  if (endpoint !== null || ttlStatus !== "ENABLING") return [];
  const message =
    "DynamoDB is still switching time to live on, which takes up to an hour. Until then Terraform plans to switch it on, and DynamoDB would refuse that: import this table once its TTL is ENABLED.";
  return [{ path: jsonPointer(["tables", key, "enable_ttl"]), message }];
}

/** Why a format cannot be had of a table yet, or null. */
function absence(format: SnippetFormat, { name, arn, state, spec, kmsKeyArn }: SelectedTable): string | null {
  if (state === "deleted") return `${name} was deleted.`;
  if (!formats[format].existing) return null;
  if (arn === null) return `${name} has no ARN yet: come back when the table exists.`;
  if (state === "missing") return `${name} was deleted outside Tablewright.`;
  if (format !== "iam-policy" || spec.encryption !== "customer_managed" || kmsKeyArn !== null) return null;
  return `${name} is encrypted with a customer key whose ARN is not known yet, and a policy must name it: come back when the table has been looked at.`;
}

/** Faults of the options point into the body that they came in. */
function under<T>(prefix: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof AppError) || prefix === "" || error.code !== "INVALID") throw error;
    const errors = error.errors.map((one) => ({ ...one, path: `${prefix}${one.path}` }));
    throw new AppError("INVALID", error.message, { errors, cause: error });
  }
}

import * as z from "zod";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { tableStates } from "./state.ts";

const time = z.iso.datetime();

/** A table as the API answers it and pages show it. ARNs are as a worker read them, never composed. */
export const tableView = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  project: z.string(),
  environment: z.string(),
  /** False once the environment has left the configuration: the table stays readable. */
  environment_configured: z.boolean(),
  account: z.string(),
  region: z.string(),
  state: z.enum(tableStates),
  problem: z.string().nullable(),
  aws_status: z.string().nullable(),
  arn: z.string().nullable(),
  stream_arn: z.string().nullable(),
  stream: z.object({
    enabled: z.boolean(),
    view_type: z.string().nullable(),
    arn: z.string().nullable(),
    label: z.string().nullable(),
  }),
  ttl: z.object({ status: z.string().nullable(), attribute: z.string().nullable() }),
  point_in_time_recovery: z.object({
    status: z.string().nullable(),
    days: z.number().nullable(),
    earliest: time.nullable(),
    latest: time.nullable(),
  }),
  encryption: z.object({
    type: z.string().nullable(),
    status: z.string().nullable(),
    kms_key_arn: z.string().nullable(),
  }),
  spec: tableSpecSchema,
  unsupported: z.array(z.string()),
  drift: z.array(z.object({ path: z.string(), wanted: z.unknown(), found: z.unknown() })),
  request: z.object({ id: z.string(), number: z.number() }),
  /** The request that is to delete the table, or did; null where none is open. */
  decommission: z.object({ id: z.string(), number: z.number() }).nullable(),
  created_at: time,
  observed_at: time.nullable(),
  url: z.string(),
});
export type TableView = z.output<typeof tableView>;

/** The formats of code there are, in the order they are shown. */
export const snippetFormats = [
  "iam-policy",
  "terraform-module",
  "terraform",
  "cloudformation",
  "cdk",
  "aws-cli",
  "env",
] as const;
export type SnippetFormat = (typeof snippetFormats)[number];

/** The answer of `GET /tables/{id}/snippets`. */
export const snippetFormatsView = z.object({
  items: z.array(
    z.object({
      format: z.enum(snippetFormats),
      available: z.boolean(),
      reason: z.string().nullable().describe("Why it is not to be had yet."),
    }),
  ),
});

const warnings = z.array(z.object({ path: z.string(), message: z.string() }));
const file = { filename: z.string(), content: z.string() };

/** What comes with IAM policies only. */
const statements = z.array(z.object({ sid: z.string(), sentence: z.string() })).optional();
const summary = z.string().optional().describe("What the policies together let a role do.");
const size = z.object({ characters: z.number().int(), limit: z.number().int() }).optional();
const quotas = z.array(z.object({ id: z.string(), limit: z.number().int(), fits: z.boolean() }));

/** One file of an answer; a policy also says what it means and how much room it takes. */
const snippetFile = z.object({
  ...file,
  statements,
  size: z.object({ characters: z.number().int(), quotas }).optional(),
});

/** The answer of `GET /tables/{id}/snippets/{format}`. */
export const tableSnippetView = z.object({
  format: z.enum(snippetFormats),
  ...file,
  files: z
    .array(snippetFile)
    .optional()
    .describe("All policies, where one would be too long; only together are they what was asked for."),
  warnings,
  statements,
  summary,
  size,
});

/** The answer of `POST /snippets`. */
export const snippetsView = z.object({
  format: z.enum(snippetFormats),
  files: z.array(snippetFile),
  warnings,
  summary,
  size,
});

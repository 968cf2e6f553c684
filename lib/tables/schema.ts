import * as z from "zod";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { tableStates } from "./state.ts";

const time = z.string();

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

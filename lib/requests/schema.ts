import * as z from "zod";
import { planEffects } from "#lib/provisioning/plan-effect.ts";
import { findingSchema } from "#lib/table-spec/findings.ts";
import { maxTables, tableSpecSchema, tablesSchema } from "#lib/table-spec/schema.ts";
import { tableSpecFields } from "#lib/table-spec/spec-fields.ts";
import { costSchema, unknownUsage, usagesSchema } from "#lib/table-spec/usage.ts";
import { tableStates } from "#lib/tables/state.ts";
import { requestStates } from "./state.ts";

/** Text a person writes, 1 to `max` characters, not only white space. */
const text = (what: string, max: number) =>
  z
    .string()
    .max(max, `${what} may have at most ${max.toLocaleString("en")} characters`)
    .refine((value) => value.trim() !== "", `${what} is missing; write a sentence`)
    .meta({ pattern: "\\S" });

export const justificationSchema = text("The justification", 2000);
export const commentSchema = text("The comment", 2000);

/** Why a body of no kind that there is was refused. */
function kindProblem(input: unknown): string {
  const kind = typeof input === "object" && input !== null && "kind" in input ? String(input.kind) : "";
  return ["change", "adopt"].includes(kind)
    ? `Requests of kind "${kind}" are not available in this version; use "create" or "decommission"`
    : 'The kind must be "create" or "decommission"';
}
const byKind = {
  error: (issue: { code: string; input?: unknown }) =>
    issue.code === "invalid_union" ? kindProblem(issue.input) : undefined,
};

/** The fields of a request to make tables, for a form to pick from; the whole, with the rule between them, is `createBody`. */
export const requestBodyFields = z.strictObject({
  kind: z.literal("create"),
  project: z.string().min(1, "Choose a project").max(255),
  environment: z.string().min(1, "Choose an environment").max(255),
  tables: tablesSchema,
  justification: justificationSchema,
  usage: usagesSchema.optional(),
});

/** Figures for a table that is not asked for would be ignored; a typing error must not go unseen. */
function checkUsage(
  body: { tables: object; usage?: object | undefined },
  context: z.core.$RefinementCtx,
): void {
  for (const { key, message } of unknownUsage(Object.keys(body.tables), body.usage))
    context.addIssue({ code: "custom", path: ["usage", key], message, params: { id: "usage-key" } });
}

/** The body of a request to make tables; the wizard submits the same. */
export const createBody = requestBodyFields.superRefine(checkUsage);
export type CreateBody = z.output<typeof createBody>;

/** The tables of a request to delete some: their keys, each once. */
const keysSchema = z
  .array(z.string().min(1).max(255))
  .min(1, "Name at least one table by its key")
  .max(maxTables, `A request holds 1 to ${maxTables} tables. Split it into several requests`)
  .superRefine((keys, context) => {
    for (const [index, key] of keys.entries()) {
      if (keys.indexOf(key) === index) continue;
      const message = `The key ${JSON.stringify(key)} stands there twice`;
      context.addIssue({ code: "custom", path: [index], message });
    }
  });

/** The body of a request to delete tables. */
export const decommissionBody = z.strictObject({
  kind: z.literal("decommission"),
  project: requestBodyFields.shape.project,
  environment: requestBodyFields.shape.environment,
  tables: keysSchema,
  justification: justificationSchema,
});

/** The body of `POST /requests`. */
export const requestBody = z.discriminatedUnion("kind", [createBody, decommissionBody], byKind);

const laterJustification = { justification: z.string().max(2000).optional() };

/** The body of `POST /requests/preview`: the same, with the justification left for later. */
export const previewBody = z.discriminatedUnion(
  "kind",
  [
    requestBodyFields.extend(laterJustification).superRefine(checkUsage),
    decommissionBody.extend(laterJustification),
  ],
  byKind,
);

/** `POST /requests/{id}/approve`, `/reject`, `/send-back`, `/cancel`, `/retry`. */
export const decisionBody = z.strictObject({
  version: z.number().int().min(1),
  comment: commentSchema.optional(),
  acknowledged: z.array(z.string().max(255)).max(1000).optional(),
});

/** An approver may assume another use than the requester; what they assumed is kept with the decision. */
export const approvalBody = decisionBody.extend({
  usage: usagesSchema
    .optional()
    .describe(
      "What the approver assumes instead of the requester, by key; the cost estimate that is kept with the decision follows from it.",
    ),
});

/** As a rejection and a sending back need it; the verbs say in words of their own what is missing. */
export const commentedDecisionBody = decisionBody.required({ comment: true });

/** `POST /requests/{id}/resubmit`. */
export const resubmitBody = z.strictObject({
  version: z.number().int().min(1),
  tables: tablesSchema,
  justification: justificationSchema.optional(),
  usage: usagesSchema
    .optional()
    .describe(
      "Left out, or for a table that exists already and is left out of `tables`: what was given before.",
    ),
});

/** The same for a request to delete tables. */
export const resubmitDecommissionBody = resubmitBody.omit({ usage: true }).extend({ tables: keysSchema });

/** `POST /requests/{id}/comments`. */
export const commentBody = z.strictObject({ comment: commentSchema });

// ---- what is answered -----------------------------------------------------------------------------

const time = z.iso.datetime();

export const requirementSchema = z.object({ rule: z.string(), group: z.string(), count: z.number().int() });
export type Requirement = z.output<typeof requirementSchema>;

export const decisions = ["approve", "reject", "send_back"] as const;

const given = z.object({
  /** E-mail of the person. */
  person: z.string(),
  person_name: z.string(),
  group: z.string(),
  decision: z.enum(decisions),
  comment: z.string().nullable(),
  version: z.number().int(),
  at: time,
});

export const stepStates = ["pending", "running", "waiting", "done", "failed", "unsupported"] as const;
export type StepState = (typeof stepStates)[number];

const step = z.object({
  call: z.string(),
  summary: z.string(),
  state: z.enum(stepStates),
  started_at: time.nullable(),
  ended_at: time.nullable(),
  attempts: z.number().int(),
  wait_until: time.nullable(),
  message: z.string().nullable(),
});

/** What was known of a table that somebody asks to delete: figures as DynamoDB gives them, some hours old. */
export const evidenceSchema = z.object({
  item_count: z.number().nullable(),
  size_bytes: z.number().nullable(),
  stream_enabled: z.boolean(),
  stream_arn: z.string().nullable(),
  deletion_protection: z.boolean(),
  point_in_time_recovery: z.boolean(),
  /** When the table was made in AWS. */
  created_at: z.string().nullable(),
  /** When a worker last read the table; null: what was approved, nobody has read it. */
  observed_at: z.string().nullable(),
});
export type Evidence = z.output<typeof evidenceSchema>;

const requestTable = z.object({
  key: z.string(),
  name: z.string(),
  spec: tableSpecSchema,
  state: z.enum(tableStates),
  problem: z.string().nullable(),
  /** Null until the request is approved: then the id of `GET /tables/{id}`. */
  table_id: z.string().nullable(),
  unsupported: z.array(z.string()),
  steps: z.array(step),
  /** Of a request to delete tables: what was known when it was made, and now. Null for other kinds. */
  evidence: z.object({ asked: evidenceSchema, now: evidenceSchema }).nullable(),
});

const event = z.object({
  at: time,
  /** E-mail of the person, or "system". */
  actor: z.string(),
  actor_name: z.string(),
  event: z.string(),
  comment: z.string().nullable(),
  version: z.number().int().nullable(),
  /** What the event is about, as the audit keeps it. */
  data: z.record(z.string(), z.unknown()),
});

/** A request as the API answers it and pages show it. */
export const requestView = z.object({
  id: z.string(),
  number: z.number().int(),
  kind: z.string(),
  state: z.enum(requestStates),
  version: z.number().int(),
  project: z.string(),
  environment: z.string(),
  /** E-mail of the person who asked. */
  requester: z.string(),
  requester_name: z.string(),
  justification: z.string(),
  /** By key, as the requester assumes it; null where nothing was said. */
  usage: usagesSchema.nullable(),
  tables: z.array(requestTable),
  approvals: z.object({ required: z.array(requirementSchema), given: z.array(given) }),
  events: z.array(event),
  created_at: time,
  updated_at: time,
  url: z.string(),
});
export type RequestView = z.output<typeof requestView>;
export type RequestTableView = RequestView["tables"][number];
export type RequestStepView = RequestTableView["steps"][number];
export type RequestEventView = RequestView["events"][number];

/** The answer of `POST /requests/preview`. */
export const previewView = z.object({
  tables: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      findings: z.array(findingSchema),
      plan: z.array(
        z.object({
          call: z.string(),
          input: z
            .record(z.string(), z.unknown())
            .describe("What the call is made with, as the AWS SDK takes it."),
          summary: z.string(),
          effect: z
            .enum(planEffects)
            .describe(
              "What it does to whoever uses the table meanwhile; `slow` takes up to an hour and disturbs nobody.",
            ),
        }),
      ),
      cost: costSchema
        .nullable()
        .describe(
          "An estimate; null where the Region has no price list, or the table is billed by a use that was not given.",
        ),
    }),
  ),
  approvals: z
    .array(requirementSchema)
    .describe("Who has to approve, in this order; empty: approved at once."),
  notifies: z
    .object({
      group: z.string(),
      people: z.array(z.string()).describe("By name: the first 200, as of their last sign-in."),
      people_count: z.int().describe("How many they are."),
      channels: z.array(z.enum(["email", "slack", "webhook"])),
    })
    .nullable()
    .describe(
      "Who is told first that the request waits, in the portal and on these channels; null: nobody, it is approved at once.",
    ),
});

/** The answer of `GET /requests/{id}/outputs`: the module's four outputs, by key. */
export const outputsView = z.object({
  table_names: z.record(z.string(), z.string()),
  table_arns: z.record(z.string(), z.string()),
  table_stream_arns: z.record(z.string(), z.string().nullable()),
  tables: z.record(
    z.string(),
    z.object({ name: z.string(), arn: z.string(), stream_arn: z.string().nullable() }),
  ),
});

/** The answer of `POST /imports/terraform`. A table of which not all is known leaves its open fields out. */
export const terraformImportView = z.object({
  tables: z.record(z.string(), tableSpecFields.partial()),
  warnings: z.array(z.object({ path: z.string().describe("An HCL path."), message: z.string() })),
});

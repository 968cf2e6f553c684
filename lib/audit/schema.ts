import * as z from "zod";

/** One line of the audit, as `GET /audit` answers it. */
export const auditEventView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string().describe("E-mail of the person, or `system`."),
  actor_name: z.string(),
  event: z.string().describe("Noun and verb, such as `request.approve`."),
  subject_type: z.string(),
  subject_id: z.string(),
  request_id: z.string().nullable(),
  version: z.number().int().nullable(),
  comment: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditEventView = z.output<typeof auditEventView>;

/** Filters of `GET /audit`, beside `limit` and `cursor`. */
export const auditFilters = {
  event: z
    .string()
    .regex(/^[a-z-]+\.[a-z-]+$/, "event must be a noun and a verb, such as request.approve")
    .max(100)
    .optional()
    .describe("Only this event, such as `request.approve`."),
  actor: z
    .string()
    .max(320)
    .optional()
    .describe("Only what this person did, by e-mail; `system` for the workers."),
  request_id: z.guid().optional().describe("Only what belongs to this request."),
  subject_id: z.string().max(255).optional().describe("Only what was done to this request, table or token."),
  since: z.iso.datetime({ offset: true }).regex(/^[12]/).optional().describe("Not before this moment."),
  until: z.iso.datetime({ offset: true }).regex(/^[12]/).optional().describe("Before this moment."),
};

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

/** A line of the page: whose account did it, and what its subject and request are called, where they still are. */
export type AuditLineView = AuditEventView & {
  actor_id: string | null;
  subject_name: string | null;
  request_name: string | null;
};

/** `seq`: how many events are sealed. */
export type AuditSealView = { seq: string; at: string };

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
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Only what was done by or to somebody or something: part of a person's name or e-mail or of a table's name, or a request's number.",
    ),
  since: z.iso.datetime({ offset: true }).regex(/^[12]/).optional().describe("Not before this moment."),
  until: z.iso.datetime({ offset: true }).regex(/^[12]/).optional().describe("Before this moment."),
};

/** Days in an address, in UTC; the years that the moments above allow. */
const day = z.iso.date().regex(/^[12]/).optional();

/** Filters of the page and of its export: whole days, the last one included. */
export const auditPageFilters = { q: auditFilters.q, event: auditFilters.event, from: day, to: day };
export type AuditPageFilters = z.output<z.ZodObject<typeof auditPageFilters>>;

/** The page's filters in the list's words. */
export function toAuditFilters({ from, to, ...filters }: AuditPageFilters) {
  const behind = to === undefined ? undefined : new Date(Date.parse(to) + 86_400_000);
  return {
    ...filters,
    since: from === undefined ? undefined : `${from}T00:00:00.000Z`,
    until: behind?.toISOString(),
  };
}

/** Where a page of the list ended: the time and number of its last line. Numbers of Postgres end at 2⁶³ − 1. */
export const auditCursor = z.tuple([
  z.iso.datetime({ precision: 3 }).regex(/^[12]/),
  z.string().regex(/^[1-9]\d{0,17}$/),
]);

import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { csvFile } from "#lib/snippets/csv.ts";
import { auditViews, readEvents } from "./event-store.ts";
import { canReadAudit } from "./policy.ts";
import { type AuditEventView, type AuditPageFilters, auditPageFilters, toAuditFilters } from "./schema.ts";

/** Lines in one read, and in memory. */
const batchSize = 500;

const columns = [
  ...([
    "id",
    "at",
    "actor",
    "actor_name",
    "event",
    "subject_type",
    "subject_id",
    "request_id",
    "version",
  ] as const),
  ...(["comment", "data"] as const),
];

const formats = {
  jsonl: {
    type: "application/jsonl; charset=utf-8",
    head: "",
    lines: (views: readonly AuditEventView[]) => views.map((view) => `${JSON.stringify(view)}\n`).join(""),
  },
  csv: {
    type: "text/csv; charset=utf-8",
    head: csvFile([columns]),
    lines: (views: readonly AuditEventView[]) => csvFile(views.map(csvRow)),
  },
};

export type AuditExport = { filename: string; type: string; content: AsyncGenerator<string> };

/**
 * What the page of the audit lists with the same filters, all of it and the last first, as JSON lines (each as `GET /audit`
 * answers it) or as CSV; that somebody took it away is a line itself. `content` reads on as it is taken, from the
 * moment of asking backwards, and fails where a read does: what was taken by then is not the whole.
 * Throws FORBIDDEN outside the platform group and the auditors, INVALID (filters).
 */
export const exportAudit = command({
  name: "audit.export",
  input: z.strictObject({ ...auditPageFilters, as: z.enum(["jsonl", "csv"]) }),
  load: async () => null,
  authorize: canReadAudit,
  run: async ({ input: { as, ...filters } }) => ({
    result: {
      filename: `audit.${as}`,
      type: formats[as].type,
      content: contentOf(as, filters),
    } satisfies AuditExport,
    audit: { as, filters: chosen(filters) },
    subject: { id: "audit" },
  }),
});

async function* contentOf(as: keyof typeof formats, filters: AuditPageFilters): AsyncGenerator<string> {
  const { head, lines } = formats[as];
  if (head) yield head;
  let cursor: string | null = null;
  do {
    const page = await readEvents(toAuditFilters(filters), { cursor, limit: batchSize });
    if (page.rows.length > 0) yield lines(await auditViews(page.rows));
    cursor = page.next;
  } while (cursor !== null);
}

const csvRow = (view: AuditEventView): string[] =>
  columns.map((column) => {
    const value = view[column];
    return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
  });

const chosen = (filters: AuditPageFilters) =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

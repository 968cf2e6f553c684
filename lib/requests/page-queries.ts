import type { Actor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { planDeletion } from "#lib/provisioning/deletion-plan.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import type { RegionPrices } from "#lib/table-spec/prices.ts";
import { examine } from "./assess.ts";
import { evidenceFindings } from "./assess-decommission.ts";
import { pricesOf } from "./costs.ts";
import { evidenceOf } from "./evidence.ts";
import {
  type AccountTables,
  findAccountTables,
  findOthersWaiting,
  type OtherRequest,
} from "./evidence-queries.ts";
import { isMade } from "./judge.ts";
import { type LiveRequest, readLive } from "./live-queries.ts";
import { read, requestId } from "./queries.ts";
import type { Evidence, RequestView } from "./schema.ts";
import { type ShownCall, shownCall } from "./shown-call.ts";
import type { RequestRow } from "./view.ts";

export type RequestPage = LiveRequest & {
  plans: Record<string, ShownCall[]>;
  findings: Finding[];
  /** The approval rule that decided. */
  rule: string | null;
  /** What it was submitted for; `endpoint` is "aws", "sandbox" or the address of an emulator. Null for a draft. */
  target: {
    endpoint: string;
    account: string;
    region: string;
    /** What the estimates of cost go by; null: there is no price list. */
    prices: RegionPrices | null;
    tables: AccountTables | null;
  } | null;
  /** What else of its project waits for approval, the newest few. */
  others: OtherRequest[];
};

/** All that the request's page shows. Throws NOT_FOUND. */
export const getRequestPage = query({
  input: requestId,
  run: async (actor: Actor, { id }): Promise<RequestPage> => {
    const { row, live } = await readLive(actor, id);
    return {
      ...live,
      ...(await examineForPage(row, live.request)),
      rule: row.rule,
      target: await targetOf(row),
      others: await findOthersWaiting(actor, row),
    };
  },
});

async function targetOf({ endpoint, account, region }: RequestRow): Promise<RequestPage["target"]> {
  if (!endpoint || !account || !region) return null;
  const target = { endpoint, account, region };
  return { ...target, prices: pricesOf(region), tables: await findAccountTables(target) };
}

/** Plans and findings as of now; empty once the configuration no longer lets them be worked out. */
async function examineForPage(
  { requester, decommissions, tables: rows }: RequestRow,
  view: RequestView,
): Promise<Pick<RequestPage, "plans" | "findings">> {
  if (view.kind === "decommission") return decommissionForPage(decommissions);
  const tables = Object.fromEntries(view.tables.map((table) => [table.key, table.spec]));
  const asked = { kind: view.kind, project: view.project, environment: view.environment, tables };
  const made = new Set(rows.filter(isMade).map(({ key }) => key));
  try {
    const assessment = await examine(requester, asked, { exceptRequestId: view.id, existing: made });
    return {
      plans: Object.fromEntries(assessment.tables.map((table) => [table.key, table.plan.map(shownCall)])),
      findings: assessment.tables.flatMap((table) => table.findings),
    };
  } catch {
    return { plans: {}, findings: [] };
  }
}

/** The plan as it was approved, whatever protection the table has now; findings as of now, or as of the end. */
function decommissionForPage(asked: RequestRow["decommissions"]): Pick<RequestPage, "plans" | "findings"> {
  const plans = asked.map(({ table, unprotect }) => [
    table.key,
    planDeletion(table.name, { deletionProtection: unprotect }).map(shownCall),
  ]);
  return {
    plans: Object.fromEntries(plans),
    findings: asked.flatMap(({ table, evidence }) =>
      evidenceFindings(
        table.state === "deleted" ? (evidence as Evidence) : evidenceOf(table),
        jsonPointer(["tables", table.key]),
      ),
    ),
  };
}

/** `GET /requests/{id}/outputs`: the module's four outputs, of the tables that became active. Throws NOT_FOUND. */
export const getOutputs = query({
  input: requestId,
  run: async (actor: Actor, { id }) => {
    const { row } = await read(actor, id);
    const active = row.tables.flatMap((table) =>
      table.arn && table.state === "active" ? [{ ...table, arn: table.arn }] : [],
    );
    const by = <T>(value: (table: (typeof active)[number]) => T) =>
      Object.fromEntries(active.map((table) => [table.key, value(table)]));
    return {
      table_names: by((table) => table.name),
      table_arns: by((table) => table.arn),
      table_stream_arns: by((table) => table.streamArn),
      tables: by((table) => ({ name: table.name, arn: table.arn, stream_arn: table.streamArn })),
    };
  },
});

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuditList } from "#components/audit/audit-list.tsx";
import { canReadAudit } from "#lib/audit/policy.ts";
import { auditPageInput, getAuditSeal, listAuditLines } from "#lib/audit/queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!canReadAudit(actor).allowed) notFound();
  const seal = await getAuditSeal(actor, {});
  const { filters, page } = await readListPage(
    auditPageInput.omit({ limit: true }),
    (input) => listAuditLines(actor, input),
    await searchParams,
  );
  const { cursor, ...shown } = filters;
  return (
    <AuditList lines={page.items} filters={shown} cursor={cursor} nextCursor={page.next_cursor} seal={seal} />
  );
}

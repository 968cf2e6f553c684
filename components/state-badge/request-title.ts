/** What a request asks for, in a few words: "2 tables for shop", "Change shop-prod-events", "Delete 3 tables of shop". */
export function requestTitle(request: {
  kind: string;
  project: string;
  tables: readonly { name: string }[];
}): string {
  const count = request.tables.length;
  const tables = `${count} ${count === 1 ? "table" : "tables"}`;
  if (request.kind === "create") return `${tables} for ${request.project}`;
  const verbs: Record<string, string> = { change: "Change", decommission: "Delete", adopt: "Adopt" };
  const verb = verbs[request.kind] ?? "Request";
  return `${verb} ${request.tables.length === 1 ? request.tables[0]?.name : `${tables} of ${request.project}`}`;
}

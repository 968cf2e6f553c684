import Link from "next/link";
import { Note } from "#components/ui/note.tsx";
import type { TableView } from "#lib/tables/schema.ts";

const facetWords: Record<string, string> = {
  tags: "tags",
  ttl: "time to live",
  point_in_time_recovery: "point-in-time recovery",
  encryption: "encryption settings",
  stream: "streams",
  deletion_protection: "deletion protection",
  table_class: "table classes",
  on_demand_throughput: "limits of on-demand throughput",
  global_secondary_indexes: "global secondary indexes",
  local_secondary_indexes: "local secondary indexes",
};

/** What an endpoint lacks, in a sentence; null where nothing is missing. */
export function unsupportedWords(unsupported: readonly string[]): string | null {
  const words = unsupported.map((facet) => facetWords[facet] ?? facet);
  if (words.length === 0) return null;
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return `This endpoint does not support ${list}. The table works without, and nothing more is tried for it.`;
}

function DecommissionNote({ table }: { table: TableView }) {
  if (!table.decommission) return null;
  const { id, number } = table.decommission;
  const gone = table.state === "deleted";
  return (
    <Note
      tone={gone ? "info" : "warn"}
      title={gone ? "The table is deleted." : "The table is to be deleted."}
    >
      <Link href={`/requests/${id}`} prefetch={false} className="link">
        Request {number}
      </Link>{" "}
      {gone
        ? "did it; what is shown here is what was last seen, and the name is free again."
        : "asks for it."}
    </Note>
  );
}

/** What must be known of a table before anything else. `TableNotes({ table })`. */
export function TableNotes({ table }: { table: TableView }) {
  const unsupported = unsupportedWords(table.unsupported);
  return (
    <div className="stack gap-2 not-empty:pb-4">
      <DecommissionNote table={table} />
      {table.problem ? (
        <Note tone="bad" title="The table could not be finished.">
          <span className="whitespace-pre-line">{table.problem}</span>
        </Note>
      ) : null}
      {table.environment_configured ? null : (
        <Note tone="warn" title={`The environment ${table.environment} is no longer in the configuration.`}>
          The table stays readable here as it was last seen; nothing looks at it or changes it any more.
        </Note>
      )}
      {unsupported ? <Note>{unsupported}</Note> : null}
      {table.aws_status && table.aws_status !== "ACTIVE" ? (
        <Note>
          DynamoDB says the table is <code>{table.aws_status}</code>.
        </Note>
      ) : null}
    </div>
  );
}

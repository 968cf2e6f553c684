import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { eventWords } from "#components/request-timeline/event-words.ts";
import { absoluteWords } from "#components/ui/relative-words.ts";
import type { AuditLineView } from "#lib/audit/schema.ts";

const columns: Column<AuditLineView>[] = [
  { id: "what", header: "What happened", cell: (line) => <What line={line} /> },
  { id: "about", header: "About", className: "wide:w-[28%]", cell: (line) => <About line={line} /> },
  { id: "event", header: "Event", className: "mono text-ink-2", cell: ({ event }) => event },
  {
    id: "at",
    header: "When",
    align: "end",
    className: "text-ink-2",
    cell: ({ at }) => (
      <time dateTime={at} title={at} className="whitespace-nowrap">
        {absoluteWords(Date.parse(at))}
      </time>
    ),
  },
];

/** Lines of the audit, one a row. `AuditRows({ lines })`. */
export function AuditRows({ lines }: { lines: readonly AuditLineView[] }) {
  return <DataTable label="Audit" columns={columns} rows={lines} rowKey={({ id }) => id} />;
}

function What({ line }: { line: AuditLineView }) {
  const { did, ...words } = eventWords(line);
  // Tablewright writes that line itself, for nobody is signed in before it; the sentence is about the person.
  const who = line.event === "person.sign-in" ? (line.subject_name ?? line.actor_name) : words.who;
  return (
    <div className="[overflow-wrap:anywhere]">
      {who === null ? <Actor line={line} /> : <b>{who}</b>} <span className="text-ink-2">{did}</span>
      {line.comment ? <p className="whitespace-pre-line">{line.comment}</p> : null}
    </div>
  );
}

function Actor({ line: { actor_id, actor_name, actor } }: { line: AuditLineView }) {
  if (actor_id === null) return <b>{actor_name}</b>;
  return (
    <Link
      href={`/people/${encodeURIComponent(actor_id)}`}
      prefetch={false}
      title={actor}
      className="link-alone font-semibold"
    >
      {actor_name}
    </Link>
  );
}

/** The subject and its request, as links where there still is something to see. */
function About({ line }: { line: AuditLineView }) {
  const { subject_type: type, subject_id: id, subject_name: name, request_id, request_name } = line;
  const path = { table: `/tables/${id}`, person: `/people/${encodeURIComponent(id)}` }[type];
  return (
    <span className="cluster gap-x-1.5 gap-y-0 [overflow-wrap:anywhere]">
      {type === "request" ? null : (
        <span>
          {type} {name && path ? <SubjectLink href={path}>{name}</SubjectLink> : plainName(line)}
        </span>
      )}
      {request_id && request_name ? (
        <span>
          request <SubjectLink href={`/requests/${request_id}`}>{request_name}</SubjectLink>
        </span>
      ) : null}
    </span>
  );
}

function SubjectLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="link">
      {children}
    </Link>
  );
}

/** Tokens are told by their name, environments and channels by their id; what else has no page is told by its type alone. */
function plainName({ subject_type, subject_id, data }: AuditLineView): string {
  if (["environment", "channel"].includes(subject_type)) return subject_id;
  return typeof data.name === "string" ? data.name : "";
}

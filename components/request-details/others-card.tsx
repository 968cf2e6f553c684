import Link from "next/link";
import { listHref } from "#components/data-table/list-href.ts";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";

export type OtherRequest = { id: string; number: number; kind: string; tables: readonly { name: string }[] };

/** What else of the project waits, so that nobody decides on half of it. `OthersCard({ project, others })`. */
export function OthersCard({ project, others }: { project: string; others: readonly OtherRequest[] }) {
  return (
    <Card>
      <CardHeader title={`Also waiting of ${project}`} />
      <CardBody>
        <ul className="grid gap-1.5">
          {others.map((other) => (
            <li key={other.id} className="[overflow-wrap:anywhere]">
              <Link href={`/requests/${other.id}`} prefetch={false} className="link">
                {requestTitle({ ...other, project })}
              </Link>{" "}
              <span className="text-ink-2">#{other.number}</span>
            </li>
          ))}
        </ul>
        <p className="pt-2.5">
          <Link href={listHref("/approvals", { project })} prefetch={false} className="link">
            All in the queue
          </Link>
        </p>
      </CardBody>
    </Card>
  );
}

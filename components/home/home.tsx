import { Inbox, Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ApprovalRows } from "#components/approval-queue/approval-rows.tsx";
import { type DraftItem, Drafts } from "#components/home/drafts.tsx";
import { type RequestRow, RequestRows } from "#components/request-list/request-rows.tsx";
import { type TableRow, TableRows } from "#components/table-list/table-rows.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { QueueItem } from "#lib/requests/queue-item.ts";

type HomeProps = {
  viewer: { name: string };
  /** May ask for tables somewhere. */
  mayAsk: boolean;
  /** In a group that some rule asks for: shows what waits. */
  mayApprove: boolean;
  /** The first few of each; the lists have the rest. */
  waiting: { rows: readonly QueueItem[]; count: number };
  drafts: readonly DraftItem[];
  openRequests: readonly RequestRow[];
  tables: readonly TableRow[];
};

/** The first page. `Home({ viewer, mayAsk, mayApprove, waiting, drafts, openRequests, tables })`. */
export function Home({ viewer, mayAsk, mayApprove, waiting, drafts, openRequests, tables }: HomeProps) {
  return (
    <>
      <PageHeader
        title={`Hello, ${viewer.name}`}
        actions={
          mayAsk ? (
            <LinkButton href="/requests/new" variant="primary" icon={Plus}>
              Ask for tables
            </LinkButton>
          ) : null
        }
      />
      <div className="stack">
        {mayApprove ? <WaitingForYou {...waiting} /> : null}
        {drafts.length > 0 ? <Drafts drafts={drafts} /> : null}
        <Section title="Your open requests" href="/requests" link="All requests">
          {openRequests.length > 0 ? (
            <RequestRows label="Your open requests" requests={openRequests} />
          ) : (
            <EmptyState title="No open requests">
              {mayAsk
                ? "What you ask for stands here until its tables are ready."
                : "You are a developer of no project. Ask the platform team to add you to one."}
            </EmptyState>
          )}
        </Section>
        <Section title="Newest tables" href="/tables" link="All tables">
          {tables.length > 0 ? (
            <TableRows label="Newest tables" tables={tables} />
          ) : (
            <EmptyState title="No tables yet">
              {mayAsk ? (
                <>
                  <Link href="/requests/new" prefetch={false} className="link">
                    Ask for tables
                  </Link>{" "}
                  in a few steps, or{" "}
                  <Link href="/requests/import" prefetch={false} className="link">
                    import them from Terraform
                  </Link>
                  ; once approved, workers create them and their ARNs and policies stand here.
                </>
              ) : (
                "Tables of your projects appear here once they are created."
              )}
            </EmptyState>
          )}
        </Section>
      </div>
    </>
  );
}

function WaitingForYou({ rows, count }: HomeProps["waiting"]) {
  const link = count > rows.length ? `All ${count}` : "Approvals";
  return (
    <Section title="Waiting for you" href="/approvals" link={link}>
      {rows.length > 0 ? (
        <ApprovalRows rows={rows} />
      ) : (
        <EmptyState icon={Inbox} title="Nothing waits for you">
          Requests appear here when it is the turn of a group you are in.
        </EmptyState>
      )}
    </Section>
  );
}

function Section({
  title,
  href,
  link,
  children,
}: {
  title: string;
  href: string;
  link: string;
  children: ReactNode;
}) {
  const aside = (
    <Link href={href} prefetch={false} className="link-alone">
      {link}
    </Link>
  );
  return (
    <Card>
      <CardHeader title={title} aside={aside} />
      {children}
    </Card>
  );
}

import { ApprovalsCard } from "#components/request-details/approvals-card.tsx";
import { AssumedUsageProvider } from "#components/request-details/assumed-usage.tsx";
import { ChecksCard } from "#components/request-details/checks-card.tsx";
import { CodeCard } from "#components/request-details/code-card.tsx";
import { Conversation } from "#components/request-details/conversation.tsx";
import { CostCard } from "#components/request-details/cost-card.tsx";
import { LiveRequestProvider } from "#components/request-details/live-request.tsx";
import { type OtherRequest, OthersCard } from "#components/request-details/others-card.tsx";
import { OutputsCard, type RequestOutputs } from "#components/request-details/outputs-card.tsx";
import { RequestHeader } from "#components/request-details/request-header.tsx";
import { RequestNotes } from "#components/request-details/request-notes.tsx";
import type { LiveRequestView, RequestActions } from "#components/request-details/request-page.ts";
import { TableCard } from "#components/request-details/table-card.tsx";
import { type RequestTarget, TargetCard } from "#components/request-details/target-card.tsx";
import { Card, CardBody } from "#components/ui/card.tsx";
import type { Finding } from "#lib/table-spec/findings.ts";

/** With more tables than this on a page their settings are folded away. */
const mostUnfolded = 4;

type PlannedCall = { call: string; input: unknown; summary: string; effect: string };

type RequestDetailsProps = {
  page: LiveRequestView & {
    plans: Record<string, readonly PlannedCall[]>;
    findings: readonly Finding[];
    rule: string | null;
    target: RequestTarget | null;
    others: readonly OtherRequest[];
  };
  outputs: RequestOutputs;
  /** When `page` was read, in milliseconds. */
  readAtMilliseconds: number;
  /** The reader's name. */
  me: string;
  actions: RequestActions;
  /** Where the request is edited. */
  editHref: string;
};

/** A request with all that its reviewer and its requester need. `RequestDetails({ page, outputs, readAtMilliseconds, me, actions, editHref })`. */
export function RequestDetails(props: RequestDetailsProps) {
  const { page, outputs, readAtMilliseconds, me, actions, editHref } = props;
  const { request } = page;
  const deletes = request.kind === "decommission";
  return (
    <LiveRequestProvider
      initial={liveParts(page)}
      readAtMilliseconds={readAtMilliseconds}
      me={me}
      actions={actions}
    >
      <AssumedUsageProvider asked={request.usage}>
        <RequestHeader editHref={editHref} />
        <RequestNotes />
        <div className="split">
          <div className="stack">
            <Card label="Justification">
              <CardBody>
                <p className="whitespace-pre-line [overflow-wrap:anywhere]">
                  “<bdi>{request.justification}</bdi>”
                </p>
              </CardBody>
            </Card>
            {Object.keys(outputs.tables).length > 0 ? (
              <OutputsCard outputs={outputs} asked={request.tables.length} hrefs={tableHrefs(request)} />
            ) : null}
            {request.tables.map((table) => (
              <TableCard
                key={table.key}
                table={table}
                plan={plannedSteps(page.plans[table.key] ?? [])}
                folded={request.tables.length > mostUnfolded || deletes}
                readAtMilliseconds={readAtMilliseconds}
              />
            ))}
            <Conversation />
          </div>
          <div className="stack">
            <ApprovalsCard rule={page.rule} />
            <ChecksCard findings={page.findings} tables={request.tables.length} deletes={deletes} />
            {page.target && !deletes ? (
              <CostCard
                region={page.target.region}
                prices={page.target.prices}
                tables={request.tables.map(({ key, name, spec }) => ({ key, name, spec }))}
              />
            ) : null}
            {deletes ? null : (
              <CodeCard href={`/requests/${request.id}/code`} tables={request.tables.length} />
            )}
            {page.target ? <TargetCard environment={request.environment} target={page.target} /> : null}
            {page.others.length > 0 ? <OthersCard project={request.project} others={page.others} /> : null}
          </div>
        </div>
      </AssumedUsageProvider>
    </LiveRequestProvider>
  );
}

/** What changes while one looks: the rest of the page is the server's and does not travel twice. */
function liveParts(page: LiveRequestView): LiveRequestView {
  const { request, may, approvals, expires_at, paused, environment_configured, pin, warnings, unapprovable } =
    page;
  return { request, may, approvals, expires_at, paused, environment_configured, pin, warnings, unapprovable };
}

const plannedSteps = (calls: readonly PlannedCall[]) =>
  calls.map(({ input, ...call }) => ({ ...call, input: JSON.stringify(input, null, 2) }));

const tableHrefs = ({ tables }: LiveRequestView["request"]) =>
  Object.fromEntries(
    tables
      .filter((table) => table.table_id !== null)
      .map(({ key, table_id }) => [key, `/tables/${table_id}`]),
  );

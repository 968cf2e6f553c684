import { DecommissionTable, type SubmitDecommission } from "#components/decommission/decommission-table.tsx";
import { EvidenceTable } from "#components/decommission/evidence-table.tsx";
import { staysWords } from "#components/decommission/evidence-words.ts";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { TableStateBadge } from "#components/state-badge/table-state-badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Step, Steps } from "#components/ui/steps.tsx";
import type { Decision } from "#lib/core/decision.ts";
import type { Evidence, Requirement } from "#lib/requests/schema.ts";
import type { TableView } from "#lib/tables/schema.ts";

type DecommissionDetailsProps = {
  table: TableView;
  may: Decision;
  evidence: Evidence;
  plan: readonly { call: string; summary: string }[];
  approvals: Requirement[] | null;
  readAtMilliseconds: number;
  submit: SubmitDecommission;
};

/** What one has to know before one asks for a table's end, and the form. `DecommissionDetails({ table, may, evidence, plan, … })`. */
export function DecommissionDetails(props: DecommissionDetailsProps) {
  const { table, may, evidence, plan, approvals, readAtMilliseconds, submit } = props;
  const { name, id } = table;
  return (
    <>
      <PageHeader
        title={`Delete ${name}`}
        trail={[
          { href: "/tables", label: "Tables" },
          { href: `/tables/${id}`, label: name },
        ]}
        current="Decommission"
        badges={
          <>
            <TableStateBadge state={table.state} />
            <EnvChip environment={table.environment} />
          </>
        }
        sub={approvalWords(approvals)}
      />
      <div className="split">
        <div className="stack">
          <Card>
            <CardHeader title="What is known of it" />
            <CardBody>
              <EvidenceTable asked={null} now={evidence} readAtMilliseconds={readAtMilliseconds} />
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="What will happen, in this order" />
            <CardBody>
              <Steps label="Steps of the deletion">
                {plan.map(({ call, summary }, index) => (
                  <Step key={call} state="todo" number={index + 1}>
                    <code>{call}</code> {summary}
                  </Step>
                ))}
              </Steps>
              <p className="pt-2.5 text-ink-2">
                A worker looks each time whether the table is still this very one, by its id in DynamoDB and
                by our tag. Once it is gone its name is free again; its history stays here.
              </p>
            </CardBody>
          </Card>
        </div>
        <div className="stack">
          <Card>
            <CardHeader title="What stays" />
            <CardBody>
              <p className="[overflow-wrap:anywhere]">{staysWords(name, evidence.point_in_time_recovery)}</p>
            </CardBody>
          </Card>
          {may.allowed ? (
            <Card>
              <CardHeader title="Ask to delete it" />
              <CardBody>
                <DecommissionTable table={table} submit={submit} />
              </CardBody>
            </Card>
          ) : (
            <Note tone="warn" title="The table cannot be asked to go.">
              {may.reason}.
            </Note>
          )}
        </div>
      </div>
    </>
  );
}

function approvalWords(approvals: Requirement[] | null): string {
  if (approvals === null) return "nothing is deleted before the request is approved";
  if (approvals.length === 0)
    return "no rule asks for an approval here: it is deleted as soon as it is asked";
  const groups = approvals.map(({ group, count }) => `${count} of ${group}`);
  return `nothing is deleted before it is approved by ${groups.join(", then ")}`;
}

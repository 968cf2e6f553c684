import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { type FindingGroup, groupFindings } from "#components/request-details/group-findings.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { byLevel, type Finding, type FindingLevel } from "#lib/table-spec/findings.ts";

const looks: Record<FindingLevel, { tone: Tone; icon: LucideIcon }> = {
  deny: { tone: "bad", icon: CircleX },
  warn: { tone: "wait", icon: TriangleAlert },
  info: { tone: "info", icon: Info },
};

type ChecksCardProps = {
  findings: readonly Finding[];
  /** How many tables the request has: with one, no finding needs to name its table. */
  tables: number;
  /** The tables are to be deleted: no guardrail is asked. */
  deletes: boolean;
};

/** What guardrails and advice say about the tables. `ChecksCard({ findings, tables, deletes })`. */
export function ChecksCard({ findings, tables, deletes }: ChecksCardProps) {
  const groups = groupFindings(byLevel(findings));
  const heeded = groups.filter(({ level }) => level !== "info");
  const hints = groups.filter(({ level }) => level === "info");
  return (
    <Card>
      <CardHeader title="Checks" />
      <CardBody>
        {groups.length === 0 ? (
          <p className="flex items-center gap-2">
            <Badge tone="ok" icon={CircleCheck}>
              {deletes ? "no warning" : "all hold"}
            </Badge>
            {deletes
              ? "Nothing that is known of it speaks against its deletion."
              : "Every guardrail holds, and there is nothing to advise."}
          </p>
        ) : (
          <div className="grid gap-2.5">
            <FindingList groups={heeded} tables={tables} />
            {hints.length > 0 ? (
              <details open={heeded.length === 0}>
                <summary className="link w-fit cursor-pointer">
                  {hints.length} {hints.length === 1 ? "hint" : "hints"}
                </summary>
                <div className="pt-2.5">
                  <FindingList groups={hints} tables={tables} />
                </div>
              </details>
            ) : null}
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function FindingList({ groups, tables }: { groups: readonly FindingGroup[]; tables: number }) {
  if (groups.length === 0) return null;
  return (
    <ul className="grid gap-2.5">
      {groups.map((group) => (
        <li key={`${group.id} ${group.message}`} className="grid justify-items-start gap-1">
          <Badge tone={looks[group.level].tone} icon={looks[group.level].icon}>
            <span className="sr-only">{group.level}: </span>
            {group.id}
          </Badge>
          <p className="min-w-0 [overflow-wrap:anywhere]">
            {group.message}
            {tables > 1 ? <span className="text-ink-2"> ({group.where})</span> : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

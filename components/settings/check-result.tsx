import { CircleCheck, CircleDashed, CircleHelp, CircleMinus, CircleX, type LucideIcon } from "lucide-react";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { CardBody } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { CheckFinding, EnvironmentCheckView, FindingState } from "#lib/environments/schema.ts";

const looks: Record<FindingState, { icon: LucideIcon; tone: Tone; word: string }> = {
  ok: { icon: CircleCheck, tone: "ok", word: "works" },
  missing: { icon: CircleX, tone: "bad", word: "missing" },
  unsupported: { icon: CircleMinus, tone: "wait", word: "not supported" },
  unknown: { icon: CircleHelp, tone: "wait", word: "no answer" },
  unchecked: { icon: CircleDashed, tone: "neutral", word: "not checked" },
};

const explained: Partial<Record<FindingState, string>> = {
  unsupported: "Tables here go without it.",
  unchecked: "It changes something, so only doing it would tell. The role needs it all the same.",
};

const columns: Column<CheckFinding>[] = [
  {
    id: "what",
    header: "Needed",
    cell: ({ what }) => <span className="mono [overflow-wrap:anywhere]">{what}</span>,
  },
  {
    id: "state",
    header: "Result",
    cell: ({ state }) => {
      const { icon, tone, word } = looks[state];
      return (
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      );
    },
  },
  {
    id: "detail",
    header: "What to know",
    className: "text-ink-2 [overflow-wrap:anywhere]",
    cell: ({ state, detail }) => detail ?? explained[state] ?? null,
  },
];

/** What the newest check of an environment found, who asked for it and when. `CheckResult({ check })`. */
export function CheckResult({ check }: { check: EnvironmentCheckView | null }) {
  if (check === null) {
    return (
      <CardBody className="border-line border-t text-ink-2">
        Not checked yet: a check tells whether workers can do their work here.
      </CardBody>
    );
  }
  if (check.ended_at === null) {
    return (
      <CardBody className="border-line border-t text-ink-2">
        <span role="status">
          Checking: {check.asked_by} asked <RelativeTime at={check.asked_at} />. A worker looks without
          changing anything.
        </span>
      </CardBody>
    );
  }
  return (
    <div className="border-line border-t">
      <CardBody>
        <b>{summary(check.findings)}</b>{" "}
        <span className="text-ink-2">
          Checked <RelativeTime at={check.ended_at} />, asked by {check.asked_by}.
        </span>
      </CardBody>
      <DataTable
        label="What the check found"
        columns={columns}
        rows={check.findings}
        rowKey={({ what }) => what}
      />
    </div>
  );
}

function summary(findings: readonly CheckFinding[]): string {
  const count = (state: FindingState) => findings.filter((one) => one.state === state).length;
  const [missing, unknown] = [count("missing"), count("unknown")];
  if (missing > 0) return `${missing} missing.`;
  if (unknown > 0) return `${unknown} without an answer.`;
  return "All that can be checked works.";
}

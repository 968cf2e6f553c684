import { CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import type { RuleSettings, RuleView } from "#lib/guardrails/schema.ts";

/** Every rule in a sentence, and as it stands in the file. `RulesPage({ settings })`. */
export function RulesPage({ settings }: { settings: RuleSettings }) {
  const { guardrails, approvals, self_approval, request_expiry_days } = settings;
  const days = request_expiry_days === 1 ? "a day" : `${request_expiry_days} days`;
  return (
    <SettingsFrame current="/settings/rules">
      <Card>
        <CardHeader title="Approvals" aside="The first rule that holds decides" />
        <RuleList label="Approvals" rules={approvals} badge={() => null} />
      </Card>
      <Card>
        <CardHeader title="Guardrails" aside="Each looks at each table" />
        {guardrails.length === 0 ? <CardBody className="text-ink-2">There are none.</CardBody> : null}
        <RuleList
          label="Guardrails"
          rules={guardrails}
          badge={({ level }) =>
            level === "deny" ? (
              <Badge tone="bad" icon={CircleX}>
                refuses
              </Badge>
            ) : (
              <Badge tone="wait" icon={TriangleAlert}>
                warns
              </Badge>
            )
          }
        />
      </Card>
      <Card>
        <CardHeader title="Requests" />
        <CardBody>
          <DefinitionList>
            <Definition term="Own requests">
              {self_approval ? "may be approved by who asked" : "are approved by somebody else"}
            </Definition>
            <Definition term="Nobody decides">a request expires after {days}</Definition>
          </DefinitionList>
        </CardBody>
      </Card>
    </SettingsFrame>
  );
}

type RuleListProps<Rule> = { label: string; rules: readonly Rule[]; badge: (rule: Rule) => ReactNode };

function RuleList<Rule extends RuleView>({ label, rules, badge }: RuleListProps<Rule>) {
  return (
    <ol aria-label={label} className="divide-y divide-line">
      {rules.map((rule) => (
        <li key={rule.id} className="grid gap-1 px-3.5 py-3">
          <div className="cluster">
            <b className="mono [overflow-wrap:anywhere]">{rule.id}</b>
            {badge(rule)}
          </div>
          <p className="[overflow-wrap:anywhere]">{withCode(rule.sentence)}</p>
          <details>
            <summary className="w-fit cursor-pointer text-ink-2 text-sm">As it stands in the file</summary>
            <dl className="grid gap-1 pt-1.5 text-sm">
              {rule.source.map(({ key, text }) => (
                <div key={key} className="grid gap-x-3 sm:grid-cols-[70px_minmax(0,1fr)]">
                  <dt className="text-ink-2">{key}</dt>
                  <dd className="[overflow-wrap:anywhere]">
                    <code>{text}</code>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

/** What stands between backticks, as code. */
function withCode(sentence: string): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places
  return sentence.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}

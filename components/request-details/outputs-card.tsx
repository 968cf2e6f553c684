import Link from "next/link";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CodeBlock, PlainCode } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";

/** The module's four outputs, of the tables that became active, by key. */
export type RequestOutputs = {
  table_names: Record<string, string>;
  table_arns: Record<string, string | null>;
  table_stream_arns: Record<string, string | null>;
  tables: Record<string, { name: string; arn: string | null; stream_arn: string | null }>;
};

/** Above this many tables colours would make the page heavy. */
const mostColoured = 10;

type OutputsCardProps = {
  outputs: RequestOutputs;
  /** How many tables the request has in all. */
  asked: number;
  /** Where each table's page is, by key. */
  hrefs: Record<string, string>;
};

/** What the tables are called and where they are, to copy. `OutputsCard({ outputs, asked, hrefs })`. */
export function OutputsCard({ outputs, asked, hrefs }: OutputsCardProps) {
  const tables = Object.entries(outputs.tables);
  const json = JSON.stringify(outputs, null, 2);
  return (
    <Card id="outputs">
      <CardHeader
        title="Outputs"
        aside={tables.length < asked ? `${tables.length} of ${asked} tables are active` : null}
      />
      <CardBody>
        <ul className="grid gap-4">
          {tables.map(([key, table]) => (
            <li key={key}>
              <h3 className="pb-1 font-mono">
                <Link
                  href={hrefs[key] ?? "/tables"}
                  prefetch={false}
                  className="link [overflow-wrap:anywhere]"
                >
                  {table.name}
                </Link>
              </h3>
              <DefinitionList>
                <Definition term="Table name" copy={table.name}>
                  <code>{table.name}</code>
                </Definition>
                <Definition term="Table ARN" copy={table.arn}>
                  {table.arn ? <code>{table.arn}</code> : "not read yet"}
                </Definition>
                <Definition term="Stream ARN" copy={table.stream_arn}>
                  {table.stream_arn ? <code>{table.stream_arn}</code> : "no stream"}
                </Definition>
              </DefinitionList>
            </li>
          ))}
        </ul>
      </CardBody>
      <details className="border-line border-t">
        <summary className="link cursor-pointer px-3.5 py-2.5">All four module outputs as JSON</summary>
        <div className="flex flex-wrap items-center gap-2 px-3.5 pb-3">
          <CopyButton text={json} what="outputs" variant="default" />
          <span className="text-ink-2 text-sm">
            <code>table_names</code>, <code>table_arns</code>, <code>table_stream_arns</code>,{" "}
            <code>tables</code>
          </span>
        </div>
        {tables.length > mostColoured ? (
          <PlainCode code={json} label="Outputs" />
        ) : (
          <CodeBlock code={json} language="json" label="Outputs" />
        )}
      </details>
    </Card>
  );
}

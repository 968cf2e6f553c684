import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { chosenField, tableChoiceParts } from "#components/project/table-choice.ts";
import { TableChoiceForm } from "#components/project/table-choice-form.tsx";
import { choiceHref, choiceParams, type SnippetChoice } from "#components/snippets/snippet-choice.ts";
import { TableStateBadge } from "#components/state-badge/table-state-badge.tsx";
import type { TableRow } from "#components/table-list/table-rows.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { keysInWords } from "#lib/table-spec/describe.ts";

type ChoosableTable = TableRow & { key: string };

type ProjectTablesProps = {
  /** The project's page. */
  path: string;
  environment: string;
  tables: readonly ChoosableTable[];
  chosen: readonly { key: string }[];
  /** How many tables the environment has in all. */
  inAll: number;
  choice: SnippetChoice;
};

/**
 * Tables of a project to choose from, as a GET form.
 * `ProjectTables({ path, environment, tables, chosen, inAll, choice })`.
 */
export function ProjectTables({ path, environment, tables, chosen, inAll, choice }: ProjectTablesProps) {
  const keys = new Set(chosen.map(({ key }) => key));
  const hidden = [
    ["environment", environment],
    [chosenField.name, chosenField.value],
    ...choiceParams(choice),
  ];
  const hrefOf = (some: readonly { key: string }[]) =>
    choiceHref({ path, keep: tableChoiceParts(environment, tables, some) }, choice);
  return (
    <Card>
      <CardHeader title={`Tables in ${environment}`} aside={`${chosen.length} of ${tables.length} chosen`} />
      <TableChoiceForm path={path}>
        {hidden.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <CardBody className="cluster border-line border-b">
          <noscript>
            <Button type="submit">Update the code</Button>
          </noscript>
          <span className="flex gap-3 text-sm">
            <Link href={hrefOf(tables)} prefetch={false} scroll={false} className="link">
              All
            </Link>
            <Link href={hrefOf([])} prefetch={false} scroll={false} className="link">
              None
            </Link>
          </span>
        </CardBody>
        <div className="max-h-[60vh] overflow-y-auto wide:max-h-[70vh]">
          <DataTable
            label={`Tables in ${environment}`}
            columns={columnsFor(keys)}
            rows={tables}
            rowKey={({ id }) => id}
          />
        </div>
      </TableChoiceForm>
      {inAll > tables.length ? (
        <CardBody className="border-line border-t text-ink-2">
          The first {tables.length} of {inAll}; all of them are in the list of{" "}
          <Link href="/tables" prefetch={false} className="link">
            tables
          </Link>
          .
        </CardBody>
      ) : null}
    </Card>
  );
}

const columnsFor = (chosen: ReadonlySet<string>): Column<ChoosableTable>[] => [
  {
    id: "name",
    header: "Table",
    cell: ({ id, key, name, spec }) => (
      <span className="flex items-start gap-2.5">
        <input
          type="checkbox"
          name="table"
          value={key}
          defaultChecked={chosen.has(key)}
          aria-label={`Choose ${name}`}
          className="mt-1 shrink-0"
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <Link href={`/tables/${id}`} prefetch={false} className="link-alone mono font-semibold">
            {name}
          </Link>
          <span className="mono block text-ink-2">{keysInWords(spec)}</span>
        </span>
      </span>
    ),
  },
  { id: "state", header: "State", cell: ({ state }) => <TableStateBadge state={state} /> },
  {
    id: "stream",
    header: "Stream",
    narrowLabel: "Stream:",
    className: "text-ink-2",
    cell: ({ stream }) => (stream.enabled ? "on" : "off"),
  },
];

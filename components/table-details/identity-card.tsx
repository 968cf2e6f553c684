import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { KeysTable } from "#components/ui/keys-table.tsx";
import { attributeTypeLabel, shownName, streamViewTypeLabel } from "#lib/table-spec/describe.ts";
import { attributeType } from "#lib/table-spec/key-attributes.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import type { TableView } from "#lib/tables/schema.ts";

/** What the table is called, where it is, and its keys. `IdentityCard({ table })`. */
export function IdentityCard({ table }: { table: TableView }) {
  const { arn, stream, stream_arn, spec } = table;
  return (
    <Card>
      <CardHeader title="Identity" />
      <CardBody>
        <DefinitionList>
          <Definition term="Table name" copy={table.name}>
            <code>{table.name}</code>
          </Definition>
          <Definition term="Table ARN" copy={arn}>
            {arn ? <code>{arn}</code> : unknownArn(table)}
          </Definition>
          <Definition term="Stream ARN" copy={stream_arn}>
            {stream_arn ? <code>{stream_arn}</code> : noStream(table)}
          </Definition>
          {stream.enabled ? (
            <Definition term="Stream shows">
              {streamViewTypeLabel[stream.view_type as TableSpec["stream_view_type"]] ?? stream.view_type}
              {stream.label ? (
                <span className="block text-ink-2 text-sm">
                  label <code>{stream.label}</code>; a stream that is switched off and on again gets another
                  label and ARN
                </span>
              ) : null}
            </Definition>
          ) : null}
          <Definition term="Account, region">
            {table.account} · {table.region}
          </Definition>
          <Definition term="Keys">
            <Keys spec={spec} />
          </Definition>
        </DefinitionList>
      </CardBody>
    </Card>
  );
}

/** Why there is no ARN yet. */
export function unknownArn({ state }: Pick<TableView, "state">): string {
  if (state === "failed") return "none: the table could not be created";
  return "not known yet: it is shown once AWS has created the table and a worker has read it";
}

function noStream({ spec, arn, unsupported }: TableView): ReactNode {
  if (!spec.enable_stream) return "no stream";
  if (unsupported.includes("stream")) return "no stream: this endpoint does not support it";
  return arn ? "not known yet: no worker has read it" : "not known yet: it comes with the table";
}

function Keys({ spec }: { spec: TableSpec }) {
  const row = (name: string, role: string) => {
    const type = attributeType(spec, name);
    return [
      <code key="name">{shownName(name)}</code>,
      role,
      `${type} ${attributeTypeLabel[type].toLowerCase()}`,
    ];
  };
  return (
    <KeysTable
      label="Keys"
      head={["Attribute", "Role", "Type"]}
      rows={[
        row(spec.partition_key, "partition key"),
        ...(spec.sort_key ? [row(spec.sort_key, "sort key")] : []),
      ]}
      rowMarks={["first", "second"]}
    />
  );
}

import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";

const columns: Column<[string, string]>[] = [
  { id: "key", header: "Key", cell: ([key]) => <code className="[overflow-wrap:anywhere]">{key}</code> },
  { id: "value", header: "Value", className: "[overflow-wrap:anywhere]", cell: ([, value]) => value },
];

type TagsCardProps = {
  /** As a worker read them; null where none has. */
  found: Readonly<Record<string, string>> | null;
  /** As asked for; the platform adds its own to these. */
  asked: Readonly<Record<string, string>>;
};

/** The tags on the table, or those asked for until they were read. `TagsCard({ found, asked })`. */
export function TagsCard({ found, asked }: TagsCardProps) {
  const tags = Object.entries(found ?? asked).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Card>
      <CardHeader title="Tags" aside={found ? "as found" : "as asked for; not read yet"} />
      {tags.length === 0 ? (
        <CardBody>{found ? "The table has no tags." : "None asked for; the platform adds its own."}</CardBody>
      ) : (
        <DataTable label="Tags" columns={columns} rows={tags} rowKey={([key]) => key} />
      )}
    </Card>
  );
}

import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";

const kinds = [
  ["tables = { … }", "the map of tables, as a .tfvars file holds it"],
  ['module "dynamodb" { … }', "a call of the DynamoDB module, with its tables"],
  ['resource "aws_dynamodb_table" "…" { … }', "tables of the AWS provider"],
  ["terraform-aws-modules/dynamodb-table/aws", "calls of the community's module"],
] as const;

/** What the import reads and what becomes of the rest, until there is something found to show. */
export function Understood() {
  return (
    <Card>
      <CardHeader title="What is understood" />
      <CardBody className="stack gap-3">
        <ul className="stack gap-2">
          {kinds.map(([code, words]) => (
            <li key={code}>
              <code className="[overflow-wrap:anywhere]">{code}</code>
              <span className="block text-ink-2 text-sm">{words}</span>
            </li>
          ))}
        </ul>
        <p>
          Values that stand in the text are taken over. What only Terraform can work out (<code>var.x</code>,
          functions, <code>for_each</code>) is left for you to fill in; what a request cannot say (replicas,
          autoscaling, a restore) is listed.
        </p>
        <p className="text-ink-2 text-sm">
          You see everything before it is sent. Nothing changes in AWS, and your text is not kept.
        </p>
      </CardBody>
    </Card>
  );
}

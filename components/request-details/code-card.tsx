import Link from "next/link";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";

/** Where a request's tables are to be had as code. `CodeCard({ href, tables })`. */
export function CodeCard({ href, tables }: { href: string; tables: number }) {
  return (
    <Card>
      <CardHeader title="Code" />
      <CardBody>
        <Link href={href} prefetch={false} className="link">
          {tables === 1 ? "This table as code" : "These tables as code"}
        </Link>
        <p className="text-ink-2 text-sm">Terraform, CloudFormation, CDK or AWS CLI, to copy or download.</p>
      </CardBody>
    </Card>
  );
}

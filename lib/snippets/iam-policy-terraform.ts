import { hclString } from "./hcl-string.ts";
import type { PolicyDocument, PolicyStatement } from "./iam-policy.ts";

const listed = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

function list(name: string, values: string[]): string[] {
  const items = values.map((value, at) => `      ${hclString(value)}${at < values.length - 1 ? "," : ""}`);
  return [`    ${name} = [`, ...items, "    ]"];
}

function condition(test: string, variable: string, values: string[]): string[] {
  const block = ["", "    condition {", `      test     = ${hclString(test)}`];
  if (values.length === 1) {
    return [
      ...block,
      `      variable = ${hclString(variable)}`,
      `      values   = [${hclString(values[0]!)}]`,
      "    }",
    ];
  }
  const inner = list("values", values).map((line) => `  ${line}`);
  return [...block, `      variable = ${hclString(variable)}`, ...inner, "    }"];
}

function statementBlock(statement: PolicyStatement): string[] {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([test, variables]) =>
    Object.entries(variables).flatMap(([variable, value]) => condition(test, variable, listed(value))),
  );
  return [
    "  statement {",
    `    sid    = ${hclString(statement.Sid)}`,
    `    effect = ${hclString(statement.Effect)}`,
    ...list("actions", statement.Action),
    ...list("resources", listed(statement.Resource)),
    ...conditions,
    "  }",
  ];
}

/**
 * A policy as `data "aws_iam_policy_document"`, formatted as `terraform fmt` leaves it. A policy variable is written
 * `$${…}`, which Terraform hands on as `${…}`.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentHcl(label: string, policy: PolicyDocument): string {
  const blocks = policy.Statement.map((statement) => statementBlock(statement).join("\n"));
  return `data "aws_iam_policy_document" "${label}" {\n${blocks.join("\n\n")}\n}\n`;
}

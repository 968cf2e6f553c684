import { hclLabel, hclString } from "./hcl-string.ts";
import type { PolicyDocument, PolicyStatement } from "./iam-policy.ts";

function list(name: string, values: string[]): string[] {
  const items = values.map((value, at) => `      ${hclString(value)}${at < values.length - 1 ? "," : ""}`);
  return [`    ${name} = [`, ...items, "    ]"];
}

function condition(statement: PolicyStatement): string[] {
  return Object.entries(statement.Condition?.StringEquals ?? {}).flatMap(([variable, value]) => [
    "",
    "    condition {",
    '      test     = "StringEquals"',
    `      variable = ${hclString(variable)}`,
    `      values   = [${hclString(value)}]`,
    "    }",
  ]);
}

function statementBlock(statement: PolicyStatement): string[] {
  return [
    "  statement {",
    `    sid    = ${hclString(statement.Sid)}`,
    '    effect = "Allow"',
    ...list("actions", statement.Action),
    ...list("resources", [statement.Resource]),
    ...condition(statement),
    "  }",
  ];
}

/** A policy as `data "aws_iam_policy_document"`, formatted as `terraform fmt` leaves it; `name` becomes its label. */
export function policyDocumentHcl(name: string, policy: PolicyDocument): string {
  const blocks = policy.Statement.map((statement) => statementBlock(statement).join("\n"));
  return `data "aws_iam_policy_document" "${hclLabel(name)}" {\n${blocks.join("\n\n")}\n}\n`;
}

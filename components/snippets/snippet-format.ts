import type { SnippetChoice, SnippetFormat } from "#components/snippets/snippet-choice.ts";
import type { CodeLanguage } from "#components/ui/highlight.ts";

type FormatWords = {
  /** The tab it stands under. */
  tab: string;
  /** What is copied: "Copy policy". */
  what: string;
  /** What the code is and does, in a sentence; a policy says it by itself. */
  says: string | null;
};

/** Each format in words. */
export const formatWords: Record<SnippetFormat, FormatWords> = {
  "iam-policy": { tab: "IAM policy", what: "policy", says: null },
  "terraform-module": {
    tab: "Terraform",
    what: "code",
    says: "The module's block with its tables map: makes tables like these, beside other Terraform.",
  },
  terraform: {
    tab: "Terraform",
    what: "code",
    says: "aws_dynamodb_table with an import block and outputs: takes over the table that exists.",
  },
  cloudformation: {
    tab: "CloudFormation",
    what: "template",
    says: "A template that makes such a table. Deleting its stack keeps the table.",
  },
  cdk: {
    tab: "CDK",
    what: "code",
    says: "A construct in TypeScript that makes such a table. Deleting its stack keeps the table.",
  },
  "aws-cli": { tab: "CLI", what: "commands", says: "The calls that make such a table, in order." },
  env: {
    tab: "Env",
    what: "variables",
    says: "Names and ARNs, for the environment of an application.",
  },
};

/** The tabs, each with the format it opens first. */
export const formatTabs: readonly { label: string; opens: SnippetFormat }[] = (
  ["iam-policy", "terraform-module", "cloudformation", "cdk", "aws-cli", "env"] as const
).map((opens) => ({ label: formatWords[opens].tab, opens }));

const languages: Record<string, CodeLanguage> = {
  json: "json",
  tf: "hcl",
  yaml: "yaml",
  ts: "typescript",
  sh: "bash",
  env: "dotenv",
};

/** The language of a file, by how its name ends. */
export function languageOf(filename: string): CodeLanguage {
  return languages[filename.slice(filename.lastIndexOf(".") + 1)] ?? "text";
}

/** What a screen reader hears of the code: "IAM policy", "Terraform". */
export function codeLabel({ format }: Pick<SnippetChoice, "format">): string {
  return formatWords[format].tab;
}

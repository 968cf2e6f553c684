/** What a policy may be for, in the words of the API; `scans`: it comes with Scan unless that is left out. */
export const policyAccesses = [
  { value: "reader", label: "Reader", scans: true },
  { value: "writer", label: "Writer", scans: false },
  { value: "reader-writer", label: "Read and write", scans: true },
  { value: "module", label: "Module", scans: true },
  { value: "stream", label: "Stream", scans: false },
] as const;

const policyForms = ["json", "terraform", "cloudformation"] as const;

/** The formats of the API, in the order of their tabs. */
export const snippetFormats = [
  "iam-policy",
  "terraform-module",
  "terraform",
  "cloudformation",
  "cdk",
  "aws-cli",
  "env",
] as const;
export type SnippetFormat = (typeof snippetFormats)[number];

/** What code is wanted, and how; it lives in a page's address, all of it, so that changing tabs loses nothing. */
export type SnippetChoice = {
  format: SnippetFormat;
  access: (typeof policyAccesses)[number]["value"];
  as: (typeof policyForms)[number];
  scan: boolean;
  /** As typed; empty: every item. */
  leading_keys: string;
  /** As typed; empty: every attribute. */
  attributes: string;
  partiql: boolean;
  https_only: boolean;
  /** The form of `env`. */
  env_as: "dotenv" | "json";
};

const defaults: SnippetChoice = {
  format: "iam-policy",
  access: "reader-writer",
  as: "json",
  scan: true,
  leading_keys: "",
  attributes: "",
  partiql: false,
  https_only: false,
  env_as: "dotenv",
};

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The choice in a page's address; what is missing or unknown there is the default: a policy to read and write, as JSON. */
export function parseSnippetChoice(params: SearchParams): SnippetChoice {
  const text = (name: keyof SnippetChoice) => [params[name]].flat()[0] ?? "";
  const one = <T extends string>(values: readonly T[], name: keyof SnippetChoice, otherwise: T): T =>
    values.find((value) => value === text(name)) ?? otherwise;
  const accesses = policyAccesses.map(({ value }) => value);
  return {
    format: one(snippetFormats, "format", defaults.format),
    access: one(accesses, "access", defaults.access),
    as: one(policyForms, "as", defaults.as),
    scan: text("scan") !== "false",
    leading_keys: text("leading_keys"),
    attributes: text("attributes"),
    partiql: text("partiql") === "true",
    https_only: text("https_only") === "true",
    env_as: one(["dotenv", "json"], "env_as", defaults.env_as),
  };
}

/** A choice as it stands in an address: its format, for pages differ in what they show first, and what is not the default. */
export function choiceParams(choice: SnippetChoice): [string, string][] {
  return Object.entries(choice)
    .filter(([name, value]) => name === "format" || value !== defaults[name as keyof SnippetChoice])
    .map(([name, value]) => [name, String(value)]);
}

/** Where a page is and what it keeps in its address beside the choice. */
export type SnippetAddress = { path: string; keep: readonly (readonly [name: string, value: string])[] };

/** The address of a page, or of a file, with this choice. */
export function choiceHref({ path, keep }: SnippetAddress, choice: SnippetChoice): string {
  const query = new URLSearchParams([...keep.map(([name, value]) => [name, value]), ...choiceParams(choice)]);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The address of a table's page where a policy with this access is shown. */
export function policyHref(tableId: string, access: Pick<SnippetChoice, "access" | "scan">): string {
  return `${choiceHref({ path: `/tables/${tableId}`, keep: [] }, { ...defaults, ...access })}#policy`;
}

/** What was typed, one a line or with commas between, as the API takes a list; it also takes a JSON array as it is. */
function listOption(typed: string): string {
  if (typed.trimStart().startsWith("[")) return typed;
  const lines = typed.split(/\r?\n/).map((line) => line.trim().replace(/,$/, ""));
  return lines.filter((line) => line !== "").join(",");
}

/** The choice as the API's `options`, all as text; options of other formats are left out. */
export function snippetOptions(choice: SnippetChoice): Record<string, string> {
  if (choice.format === "env") return { as: choice.env_as };
  if (choice.format !== "iam-policy") return {};
  const { access, as, scan, leading_keys, attributes, partiql, https_only } = choice;
  return {
    access,
    as,
    scan: String(scan),
    ...(leading_keys.trim() && { leading_keys: listOption(leading_keys) }),
    ...(attributes.trim() && { attributes: listOption(attributes) }),
    ...(partiql && { partiql: "true" }),
    ...(https_only && { https_only: "true" }),
  };
}

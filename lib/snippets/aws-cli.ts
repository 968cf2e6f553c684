import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import { shellJson, shellWord } from "./shell-string.ts";
import type { Snippet, SnippetFile, SnippetTable } from "./snippet.ts";

/**
 * The approved calls of each table as a shell script for the AWS CLI, versions 1 and 2: create, wait until the table is
 * there, then what needs calls of its own. The tags by which the portal knows its own tables are left out.
 * https://docs.aws.amazon.com/cli/latest/reference/dynamodb/
 */
export function awsCliSnippet(tables: readonly SnippetTable[]): Snippet {
  return { files: tables.map(script), warnings: [] };
}

const marksOfOwnership = new Set(["ManagedBy", "tablewright:table-id"]);

function script(table: SnippetTable): SnippetFile {
  const tags = Object.fromEntries(Object.entries(table.tags).filter(([key]) => !marksOfOwnership.has(key)));
  const calls = plan({ name: table.name, spec: table.spec, tags, unsupported: [] }, { exists: false });
  // One chain, so that a failure ends it also where the text is pasted into a shell; comments inside would break it.
  const commands = calls.flatMap((call) => commandsOf(call, table)).map((lines) => lines.join(" \\\n  "));
  return {
    filename: `${table.name}.sh`,
    content: `${comments(table, calls).join("\n")}\n${commands.join(" &&\n")}\n`,
  };
}

/** Without quotes or anything else that comes alive where a shell does not know comments when it is typed to (zsh). */
function comments(table: SnippetTable, calls: readonly PlannedCall[]): string[] {
  const { name, account, region, endpoint } = table;
  const lines = [
    `# Creates the DynamoDB table ${name} in account ${account}, region ${region}, as Tablewright would.`,
  ];
  if (endpoint !== null) {
    lines.push(
      `# It goes to the endpoint ${safeUrl(endpoint)} and never to AWS by accident.`,
      "# To send it elsewhere, set AWS_ENDPOINT_URL.",
      `# There the access key is the account: set AWS_ACCESS_KEY_ID to ${account}, AWS_SECRET_ACCESS_KEY to anything.`,
    );
  }
  if (endpoint === null && calls.some(({ call }) => call === "UpdateContinuousBackups")) {
    lines.push(
      "# If the last command answers ContinuousBackupsUnavailableException, AWS is still preparing backups of the",
      "# new table: run that command again a minute later.",
    );
  }
  return lines;
}

const commandNames: Record<PlannedCall["call"], string> = {
  CreateTable: "create-table",
  UpdateTimeToLive: "update-time-to-live",
  UpdateContinuousBackups: "update-continuous-backups",
};

function commandsOf({ call, input }: PlannedCall, table: SnippetTable): string[][] {
  const where = [`--region ${shellWord(table.region)}`, ...endpointFlag(table)];
  const command = (name: string, flags: string[]) => [`aws dynamodb ${name}`, ...where, ...flags];
  const given = command(commandNames[call], Object.entries(input).map(flag));
  if (call !== "CreateTable") return [given];
  // Its ARN is all that is printed: version 2 would open the whole answer in a pager and wait.
  const created = [...given, "--query TableDescription.TableArn", "--output text"];
  return [created, command("wait table-exists", [flag(["TableName", input.TableName])])];
}

/** A flag, not a variable: a CLI too old to know AWS_ENDPOINT_URL would ignore the variable and go to AWS. */
function endpointFlag({ endpoint }: SnippetTable): string[] {
  return endpoint === null ? [] : [`--endpoint-url "\${AWS_ENDPOINT_URL:-${safeUrl(endpoint)}}"`];
}

/** `KMSKey` → `--kms-key`, as the CLI derives its flags from the API's names. */
function flag([field, value]: [string, unknown]): string {
  const name = `--${field.replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$&-").toLowerCase()}`;
  if (value === true) return name;
  if (typeof value === "object") return `${name} '${shellJson(value, 96, "  ")}'`;
  const word = shellWord(String(value));
  return word.startsWith("-") ? `${name}=${word}` : `${name} ${word}`;
}

/** The URL with everything that could mean something to a shell, quoted or not, percent-encoded. */
function safeUrl(url: string): string {
  return url.replace(
    /[^a-zA-Z0-9_.:/%@,+=[\]~-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
}

import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeSpec } from "#lib/provisioning/plan.arbitrary.ts";
import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import { awsCliSnippet } from "./aws-cli.ts";
import { hostileSpecArbitrary } from "./hostile.arbitrary.ts";
import type { SnippetTable } from "./snippet.ts";

const ourTags = { ManagedBy: "Tablewright", "tablewright:table-id": "t-1" };

function tableOf(fields: Partial<SnippetTable> = {}): SnippetTable {
  return {
    key: "orders",
    name: "shop-dev-orders",
    project: "shop",
    environment: "dev",
    account: "111111111111",
    region: "eu-west-1",
    endpoint: null,
    spec: completeSpec(),
    tags: { Project: "shop", ...ourTags },
    arn: null,
    streamArn: null,
    kmsKeyArn: null,
    unsupported: [],
    ...fields,
  };
}

const scriptOf = (table: SnippetTable) => awsCliSnippet([table]).files[0]!.content;

const recoveryTable = completeSpec({
  enable_ttl: true,
  enable_point_in_time_recovery: true,
  deletion_protection: true,
});

describe("the script of a table", () => {
  test("is the approved calls in order, one flag a line, one chain", () => {
    const [file] = awsCliSnippet([tableOf({ spec: recoveryTable })]).files;
    expect(file!.filename).toBe("shop-dev-orders.sh");
    expect(file!.content).toBe(`\
# Creates the DynamoDB table shop-dev-orders in account 111111111111, region eu-west-1, as Tablewright would.
# If the last command answers ContinuousBackupsUnavailableException, AWS is still preparing backups of the
# new table: run that command again a minute later.
aws dynamodb create-table \\
  --region eu-west-1 \\
  --table-name shop-dev-orders \\
  --key-schema '[{"AttributeName": "id", "KeyType": "HASH"}]' \\
  --attribute-definitions '[{"AttributeName": "id", "AttributeType": "S"}]' \\
  --billing-mode PAY_PER_REQUEST \\
  --sse-specification '{"Enabled": true}' \\
  --deletion-protection-enabled \\
  --tags '[{"Key": "Project", "Value": "shop"}]' \\
  --query TableDescription.TableArn \\
  --output text &&
aws dynamodb wait table-exists \\
  --region eu-west-1 \\
  --table-name shop-dev-orders &&
aws dynamodb update-time-to-live \\
  --region eu-west-1 \\
  --table-name shop-dev-orders \\
  --time-to-live-specification '{"Enabled": true, "AttributeName": "ttl"}' &&
aws dynamodb update-continuous-backups \\
  --region eu-west-1 \\
  --table-name shop-dev-orders \\
  --point-in-time-recovery-specification '{"PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 35}'
`);
  });

  test("breaks long values over lines", () => {
    const tags = { CostCenter: "1234", Owner: "platform-team", Purpose: "Application Data Storage" };
    expect(scriptOf(tableOf({ tags }))).toContain(`
  --tags '[
    {"Key": "CostCenter", "Value": "1234"},
    {"Key": "Owner", "Value": "platform-team"},
    {"Key": "Purpose", "Value": "Application Data Storage"}
  ]' \\
`);
  });

  test("asks for what the endpoint did not support, too: that is what was approved", () => {
    const table = tableOf({ spec: recoveryTable, unsupported: ["ttl", "point_in_time_recovery"] });
    expect(scriptOf(table)).toBe(scriptOf(tableOf({ spec: recoveryTable })));
  });

  test("of a table whose name begins with a dash takes the name for no flag", () => {
    expect(scriptOf(tableOf({ name: "-rf" }))).toContain(" --table-name=-rf ");
  });

  test("shows every invisible, bidirectional or foreign character of a name as its escape", () => {
    const script = scriptOf(tableOf({ spec: completeSpec({ partition_key: "a\u202eb'c!é👍" }) }));
    expect(script).toContain(String.raw`"a\u202eb\u0027c\u0021\u00e9\ud83d\udc4d"`);
    expect(script).toMatch(/^[\n\x20-\x7e]*$/);
  });
});

describe("an endpoint of its own", () => {
  const endpoint = "http://127.0.0.1:8000";

  test("is where every command goes, never AWS by accident", () => {
    const { calls } = callsIn([scriptOf(tableOf({ endpoint, spec: recoveryTable }))])[0]!;
    expect(calls.map(({ flags }) => flags.get("--endpoint-url"))).toEqual(Array(4).fill(endpoint));
  });

  test("is told the account by the access key, and the script says so", () => {
    expect(scriptOf(tableOf({ endpoint }))).toContain("set AWS_ACCESS_KEY_ID to 111111111111");
    expect(scriptOf(tableOf())).not.toContain("AWS_ACCESS_KEY_ID");
  });

  test("gives way to the caller's own AWS_ENDPOINT_URL", () => {
    const other = "http://127.0.0.1:9000";
    const { calls } = callsIn([scriptOf(tableOf({ endpoint }))], { AWS_ENDPOINT_URL: other })[0]!;
    expect(calls.map(({ flags }) => flags.get("--endpoint-url"))).toEqual([other, other]);
  });

  test("brings no code into the script", () => {
    const nasty = "http://localhost:1/$(echo)/`id`/!!/'\"}/$HOME;&|";
    const { calls } = callsIn([scriptOf(tableOf({ endpoint: nasty }))])[0]!;
    expect(calls.map(({ flags }) => decodeURIComponent(flags.get("--endpoint-url")!))).toEqual([
      nasty,
      nasty,
    ]);
  });
});

test("a failed command ends the script, also where it is pasted", () => {
  const script = scriptOf(tableOf({ spec: recoveryTable }));
  const result = spawnSync("bash", ["--norc", "-c", `aws() { echo "$2"; [ "$2" != wait ]; }\n${script}`]);
  expect(result.stdout.toString().trim().split("\n")).toEqual(["create-table", "wait"]);
  expect(result.status).toBe(1);
});

test("any hostile name arrives: what bash hands to the CLI is what was planned, and comments hold nothing alive", () => {
  const specs = fc.sample(hostileSpecArbitrary, { numRuns: 400, seed: 3 });
  const tables = specs.map((spec, at) =>
    tableOf({ name: `t-${at}`, spec, tags: { ...spec.tags, ...ourTags, Purpose: spec.purpose } }),
  );
  const scripts = awsCliSnippet(tables).files.map(({ content }) => content);
  for (const line of scripts.join("").match(/^#.*$/gm) ?? []) expect(line).toMatch(/^# [\w ,.:/-]+$/);
  const seen = callsIn(scripts);
  expect(seen).toHaveLength(tables.length);
  for (const [at, { name, spec, tags }] of tables.entries()) {
    const { ManagedBy, "tablewright:table-id": id, ...shown } = tags;
    const [create, ...rest] = plan({ name, spec, tags: shown, unsupported: [] }, { exists: false });
    const wait = { command: "wait table-exists", input: { TableName: name } };
    expect(seen[at]!.calls.map(({ command, input }) => ({ command, input }))).toEqual([
      spoken(create!),
      wait,
      ...rest.map(spoken),
    ]);
  }
});

const spoken = ({ call, input }: PlannedCall) => ({
  command: call.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase(),
  input: input as Record<string, unknown>,
});

/** The API's names of the flags that do not follow from a plain change of case. */
const fieldNames: Record<string, string> = { "--sse-specification": "SSESpecification" };
const aboutTheCall = new Set(["--region", "--endpoint-url", "--query", "--output"]);

type SeenCall = { command: string; flags: Map<string, string>; input: Record<string, unknown> };

/** What each script makes bash hand to `aws`, all in one bash. */
function callsIn(scripts: readonly string[], env: Record<string, string> = {}): { calls: SeenCall[] }[] {
  const spy = `aws() { printf '%s\\0' "$@"; printf '\\0'; }`;
  const input = [spy, ...scripts.map((script) => `${script}printf '\\1\\0\\0'\n`)].join("\n");
  const { stdout, stderr, status } = spawnSync("bash", ["--norc", "-u"], {
    input,
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...env },
    maxBuffer: 2 ** 27,
  });
  expect([stderr.toString(), status]).toEqual(["", 0]);
  return stdout
    .toString()
    .split("\u0001\0\0")
    .slice(0, -1)
    .map((script) => ({
      calls: script
        .split("\0\0")
        .slice(0, -1)
        .map((call) => readCall(call.split("\0"))),
    }));
}

function readCall([service, ...words]: string[]): SeenCall {
  expect(service).toBe("dynamodb");
  const start = words.findIndex((word) => word.startsWith("--"));
  const flags = new Map<string, string>();
  for (const [at, word] of words.entries()) {
    if (at < start || !word.startsWith("--")) continue;
    const next = words[at + 1];
    flags.set(word, next === undefined || next.startsWith("--") ? "" : next);
  }
  const input = [...flags].flatMap(([flag, value]) =>
    aboutTheCall.has(flag) ? [] : [[fieldOf(flag), readValue(value)]],
  );
  return { command: words.slice(0, start).join(" "), flags, input: Object.fromEntries(input) };
}

const fieldOf = (flag: string): string =>
  fieldNames[flag] ?? flag.slice(1).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function readValue(text: string): unknown {
  if (text === "") return true;
  return /^[[{]/.test(text) ? JSON.parse(text) : text;
}

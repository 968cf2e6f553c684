import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ListTagsOfResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { type PlannedCall, plan } from "#lib/provisioning/plan.ts";
import { sandboxForTest } from "#lib/sandbox/sandbox.fixture.ts";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { awsCliSnippet } from "./aws-cli.ts";
import { sampleSpecs } from "./terraform-tables.fixture.ts";

const run = promisify(execFile);
const missing = spawnSync("aws", ["--version"]).status !== 0;
if (missing) console.warn("aws-cli-sandbox.test.ts: skipped, there is no `aws` on the PATH");

const importMissing = spawnSync("python3", ["-c", "import awscli"]).status !== 0;
if (importMissing) console.warn("aws-cli-sandbox.test.ts: in part skipped, no python3 that has awscli");

/** Starting the tool takes a second; this stands in for `aws` and hands its words to one that has started. */
const oneProcess = `coproc AWS { exec python3 ${path.join(import.meta.dirname, "aws-cli-driver.fixture.py")}; }
aws() {
  local status
  printf '%s\\0' "$#" "$@" >&"\${AWS[1]}"
  IFS= read -r -u "\${AWS[0]}" status
  return "$status"
}`;

const specs: Record<string, TableSpecInput> = {
  plain: { partition_key: "id" },
  hostile: {
    partition_key: `it's "\${HOME}" $(rm -rf) \`x\` \\ ! \u202e 👍`,
    sort_key: "file:///etc/hosts",
    attribute_types: { "file:///etc/hosts": "N" },
    enable_ttl: true,
    ttl_attribute: "http://x?a=[b],c={d}",
    enable_point_in_time_recovery: true,
    point_in_time_recovery_days: 7,
    enable_stream: true,
    encryption: "aws_owned",
    tags: { "=cmd": "-rf", Größe: "名" },
    purpose: "",
  },
  provisioned: {
    partition_key: "id",
    sort_key: "at",
    type: "time-series",
    billing_mode: "PROVISIONED",
    read_capacity: 5,
    write_capacity: 6,
    kms_key_id: "alias/orders",
    table_class: "STANDARD_INFREQUENT_ACCESS",
    deletion_protection: true,
    global_secondary_indexes: {
      "by-kind": { partition_key: "kind", sort_key: "at", read_capacity: 1, write_capacity: 2 },
    },
    local_secondary_indexes: {
      "by-size": { sort_key: "size", projection_type: "INCLUDE", non_key_attributes: ["a b", "c'd"] },
    },
    enable_stream: true,
    stream_view_type: "KEYS_ONLY",
    enable_ttl: true,
  },
  limited: {
    partition_key: "id",
    max_read_request_units: 100,
    global_secondary_indexes: { "by-kind": { partition_key: "kind", projection_type: "KEYS_ONLY" } },
    enable_point_in_time_recovery: true,
  },
};

describe.skipIf(missing)(
  `the AWS command-line tool${missing ? " (skipped: there is no `aws` on the PATH)" : ""}`,
  () => {
    test("runs the script on an empty sandbox into the table that a worker makes, save the two tags", {
      timeout: 180_000,
    }, async () => {
      await expectSameTables(specs, async (scripts) => {
        // Two at a time: the tool is slow to start and heavy.
        for (let at = 0; at < scripts.length; at += 2) {
          await Promise.all(scripts.slice(at, at + 2).map((script) => runScript(script)));
        }
      });
    });
  },
);

describe.skipIf(importMissing)(
  `the AWS command-line tool${importMissing ? " (skipped: no python3 that has awscli)" : ""}`,
  () => {
    test("makes of 300 generated tables what a worker makes, save the two tags (one process for all)", {
      timeout: 300_000,
    }, async () => {
      const many = Object.fromEntries(sampleSpecs(300, 20_260_301).map((spec, at) => [`t${at}`, spec]));
      await expectSameTables(many, (scripts) =>
        runScript([oneProcess, ...scripts].join("\n[ $? = 0 ] || exit 1\n")),
      );
    });
  },
);

/** Runs the scripts of these tables on one sandbox and the calls of a worker on another, and compares all they tell. */
async function expectSameTables(
  fields: Record<string, TableSpecInput>,
  runAll: (scripts: string[]) => Promise<void>,
): Promise<void> {
  const byScript = await sandboxForTest({ creatingSeconds: 0 });
  const byWorker = await sandboxForTest({ creatingSeconds: 0 });
  const tables = Object.entries(fields).map(([key, spec]) => tableOf(key, spec, byScript.sandbox.url));
  await runAll(awsCliSnippet(tables).files.map(({ content }) => content));
  for (const table of tables) {
    const { name, spec, tags } = table;
    for (const call of plan({ name, spec, tags, unsupported: [] }, { exists: false })) {
      await send(byWorker.client, call);
    }
    const made = await everythingAbout(byScript.client, name);
    const { ManagedBy, "tablewright:table-id": id, ...shown } = tags;
    expect(made.tags).toEqual(shown);
    expect(made).toEqual({ ...(await everythingAbout(byWorker.client, name)), tags: shown });
  }
}

function tableOf(key: string, fields: TableSpecInput, endpoint: string) {
  const spec = tableSpecSchema.parse(fields);
  return {
    key,
    name: `shop-dev-${key}`,
    project: "shop",
    environment: "dev",
    account: "111111111111",
    region: "eu-west-1",
    endpoint,
    spec,
    tags: {
      ...spec.tags,
      ManagedBy: "Tablewright",
      Purpose: spec.purpose,
      "tablewright:table-id": "t-1",
    } as Record<string, string>,
    arn: null,
    streamArn: null,
    kmsKeyArn: null,
    unsupported: [],
  };
}

/** Runs it, from a file, as somebody would who copied it: with credentials of an account, and no word of an endpoint. */
async function runScript(script: string): Promise<void> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "tablewright-script-")), "script.sh");
  onTestFinished(() => rmSync(path.dirname(file), { recursive: true }));
  writeFileSync(file, script);
  await run("bash", ["--norc", file], {
    maxBuffer: 1 << 26,
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LC_ALL: "C",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_ACCESS_KEY_ID: "111111111111",
      AWS_SECRET_ACCESS_KEY: "not-verified",
      AWS_MAX_ATTEMPTS: "1",
    },
  });
}

function send(client: DynamoDBClient, call: PlannedCall): Promise<unknown> {
  switch (call.call) {
    case "CreateTable":
      return client.send(new CreateTableCommand(call.input));
    case "UpdateTimeToLive":
      return client.send(new UpdateTimeToLiveCommand(call.input));
    case "UpdateContinuousBackups":
      return client.send(new UpdateContinuousBackupsCommand(call.input));
  }
}

/** All that the control plane tells of a table, without the identity that every table has for itself. */
async function everythingAbout(client: DynamoDBClient, TableName: string) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: Table!.TableArn }));
  const { TableId, ...facts } = Table!;
  return {
    facts,
    ttl: TimeToLiveDescription,
    backups: backups.ContinuousBackupsDescription,
    tags: Object.fromEntries(Tags!.map(({ Key, Value }) => [Key, Value])),
  };
}

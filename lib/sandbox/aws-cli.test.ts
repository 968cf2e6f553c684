import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { arnOf, sandboxForTest } from "./sandbox.fixture.ts";

const run = promisify(execFile);
const missing = spawnSync("aws", ["--version"]).status !== 0;
if (missing) console.warn("aws-cli.test.ts: skipped, there is no `aws` on the PATH");

describe.skipIf(missing)(
  `the AWS command-line tool${missing ? " (skipped: there is no `aws` on the PATH)" : ""}`,
  () => {
    test("creates, waits, tags, sets TTL and recovery, and deletes", { timeout: 120_000 }, async () => {
      const aws = await commandLine();
      const arn = arnOf("orders");
      await aws(
        `create-table --table-name orders ${plainOptions} --sse-specification Enabled=true --tags Key=Owner,Value=shop`,
      );
      await aws("wait table-exists --table-name orders");
      expect(await aws("describe-table --table-name orders")).toMatchObject({
        Table: { TableArn: arn, TableStatus: "ACTIVE", SSEDescription: { Status: "ENABLED" } },
      });
      await aws(`tag-resource --resource-arn ${arn} --tags Key=CostCenter,Value=1234`);
      expect(await aws(`list-tags-of-resource --resource-arn ${arn}`)).toEqual({
        Tags: [
          { Key: "Owner", Value: "shop" },
          { Key: "CostCenter", Value: "1234" },
        ],
      });
      await aws(`untag-resource --resource-arn ${arn} --tag-keys Owner`);
      expect(await aws(`list-tags-of-resource --resource-arn ${arn}`)).toEqual({
        Tags: [{ Key: "CostCenter", Value: "1234" }],
      });
      await aws(
        "update-time-to-live --table-name orders --time-to-live-specification Enabled=true,AttributeName=ttl",
      );
      expect(await aws("describe-time-to-live --table-name orders")).toMatchObject({
        TimeToLiveDescription: { AttributeName: "ttl" },
      });
      const recovery = {
        ContinuousBackupsDescription: {
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: 35 },
        },
      };
      expect(
        await aws(
          "update-continuous-backups --table-name orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
        ),
      ).toMatchObject(recovery);
      expect(await aws("describe-continuous-backups --table-name orders")).toMatchObject(recovery);
      expect(
        await aws("delete-table --table-name orders").then(() =>
          aws("wait table-not-exists --table-name orders"),
        ),
      ).toEqual({});
      await expect(aws("describe-table --table-name orders")).rejects.toMatchObject({
        stderr: expect.stringContaining(
          "An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: orders not found",
        ),
      });
    });

    test("pages through tables, and reads the account's limits", { timeout: 120_000 }, async () => {
      const aws = await commandLine();
      const names = ["alpha", "beta", "delta", "gamma", "zeta"];
      await Promise.all(names.map((name) => aws(`create-table --table-name ${name} ${plainOptions}`)));
      expect(await aws("list-tables")).toEqual({ TableNames: names });
      expect(await aws("list-tables --page-size 2")).toEqual({ TableNames: names });
      expect(await aws("list-tables --no-paginate --limit 2")).toEqual({
        TableNames: ["alpha", "beta"],
        LastEvaluatedTableName: "beta",
      });
      expect(await aws("list-tables --no-paginate --limit 3 --exclusive-start-table-name beta")).toEqual({
        TableNames: ["delta", "gamma", "zeta"],
      });
      expect(await aws("describe-limits")).toEqual({
        AccountMaxReadCapacityUnits: 80_000,
        AccountMaxWriteCapacityUnits: 80_000,
        TableMaxReadCapacityUnits: 40_000,
        TableMaxWriteCapacityUnits: 40_000,
      });
    });
  },
);

const plainOptions =
  "--attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST";

/** `aws dynamodb …` against a sandbox of the test's own; answers what it prints. */
async function commandLine() {
  const { sandbox } = await sandboxForTest({ now: Date.now, creatingSeconds: 0 });
  return async (command: string): Promise<Record<string, unknown>> => {
    const args = ["--endpoint-url", sandbox.url, "--output", "json", "dynamodb", ...command.split(" ")];
    const { stdout } = await run("aws", args, {
      env: {
        ...process.env,
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        AWS_ACCESS_KEY_ID: "111111111111",
        AWS_SECRET_ACCESS_KEY: "not-verified",
        AWS_DEFAULT_REGION: "eu-west-1",
        AWS_MAX_ATTEMPTS: "1",
        AWS_PAGER: "",
      },
    });
    return stdout.trim() === "" ? {} : JSON.parse(stdout);
  };
}

import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { arnOf, sandboxForTest } from "./sandbox.fixture.ts";

const run = promisify(execFile);
const missing = spawnSync("aws", ["--version"]).status !== 0;
if (missing) console.warn("aws-cli.test.ts: skipped, there is no `aws` on the PATH");

describe.skipIf(missing)("the AWS command-line tool", () => {
  test("creates, waits, tags, sets TTL and recovery, and deletes", { timeout: 120_000 }, async () => {
    const { sandbox } = await sandboxForTest({ now: Date.now, creatingSeconds: 0 });
    const aws = async (command: string): Promise<Record<string, unknown>> => {
      const { stdout } = await run(
        "aws",
        ["--endpoint-url", sandbox.url, "--output", "json", "dynamodb", ...command.split(" ")],
        {
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
        },
      );
      return stdout.trim() === "" ? {} : JSON.parse(stdout);
    };

    const arn = arnOf("orders");
    await aws(
      "create-table --table-name orders --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST --sse-specification Enabled=true --tags Key=Owner,Value=shop",
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
    await aws(
      "update-time-to-live --table-name orders --time-to-live-specification Enabled=true,AttributeName=ttl",
    );
    expect(await aws("describe-time-to-live --table-name orders")).toMatchObject({
      TimeToLiveDescription: { AttributeName: "ttl" },
    });
    expect(
      await aws(
        "update-continuous-backups --table-name orders --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
      ),
    ).toMatchObject({
      ContinuousBackupsDescription: {
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED" },
      },
    });
    expect(await aws("list-tables")).toEqual({ TableNames: ["orders"] });
    await aws("delete-table --table-name orders");
    await expect(aws("describe-table --table-name orders")).rejects.toMatchObject({
      stderr: expect.stringContaining(
        "An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: orders not found",
      ),
    });
  });
});

import { type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { onTestFinished } from "vitest";
import type { SandboxOptions } from "./options.ts";
import { startSandbox } from "./server.ts";

/** A client of the AWS SDK as a worker uses it: one attempt, the account as access key. */
export function clientOf(url: string, account = "111111111111", region = "eu-west-1"): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: account, secretAccessKey: "not-verified" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A sandbox with a clock that only moves by `advance`, stopped when the test is over. */
export async function sandboxForTest(options: SandboxOptions = {}) {
  let time = Date.parse("2026-03-01T12:00:00.000Z");
  const sandbox = await startSandbox({ now: () => time, ...options });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    client: clientOf(sandbox.url),
    advance: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

/** The smallest table there is, with what a test changes about it. */
export const plainTable = (changes: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput => ({
  TableName: "shop-dev-orders",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  BillingMode: "PAY_PER_REQUEST",
  ...changes,
});

export const arnOf = (name: string, account = "111111111111", region = "eu-west-1") =>
  `arn:aws:dynamodb:${region}:${account}:table/${name}`;

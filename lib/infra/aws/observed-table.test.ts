import type { TableDescription } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { observedTable } from "./observed-table.ts";

const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("billing is on demand", () => {
  const rows: [string, TableDescription, string][] = [
    ["when DynamoDB says so", { BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" } }, "PAY_PER_REQUEST"],
    [
      "when an emulator says so and still shows old capacity",
      {
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      },
      "PAY_PER_REQUEST",
    ],
    [
      "but not without a summary, as DynamoDB shows a table made provisioned",
      { ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } },
      "PROVISIONED",
    ],
    [
      "but not after a change to provisioned",
      {
        BillingModeSummary: { BillingMode: "PROVISIONED" },
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      },
      "PROVISIONED",
    ],
    [
      "when an emulator that knows no summary shows no capacity",
      { ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 } },
      "PAY_PER_REQUEST",
    ],
  ];
  test.each(rows)("%s", (_when, table, mode) => {
    const observed = observedTable(table);
    expect(observed.billingMode).toBe(mode);
    expect(observed.readCapacity).toBe(mode === "PROVISIONED" ? 5 : null);
  });
});

describe("the key of the encryption", () => {
  const rows: [string, string | undefined, string | null][] = [
    ["is handed out as its ARN", keyArn, keyArn],
    [
      "also in another partition",
      keyArn.replace("arn:aws:", "arn:aws-cn:"),
      keyArn.replace("aws:", "aws-cn:"),
    ],
    ["is not known by an id", "1234abcd-12ab-34cd-56ef-1234567890ab", null],
    ["is not known by an alias", "alias/orders", null],
    ["is not known by an alias's ARN", "arn:aws:kms:eu-west-1:111111111111:alias/orders", null],
    ["is not known when nothing is said", undefined, null],
  ];
  test.each(rows)("%s", (_what, answered, kmsKeyArn) => {
    const SSEDescription = { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: answered } as const;
    expect(observedTable({ SSEDescription }).encryption).toEqual({
      type: "kms",
      status: "ENABLED",
      kmsKeyArn,
    });
  });
});

import { describe, expect, it } from "vitest";
import { getTableSnippet } from "#lib/tables/snippets.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { dynamoDbLocal, titleOf } from "./emulator.fixture.ts";
import { richTable, useEmulator } from "./emulator-scenario.fixture.ts";
import {
  describeAnything,
  describeOwnership,
  describeTables,
  type Peculiarities,
} from "./emulator-suite.fixture.ts";

useTestDatabase();

describe.skipIf(dynamoDbLocal.missing)(titleOf(dynamoDbLocal), () => {
  const emulator = useEmulator(dynamoDbLocal);
  const { running, provision } = emulator;

  const its: Peculiarities = {
    arnPrefix: "arn:aws:dynamodb:ddblocal:000000000000",
    // Encryption is left out for a table that asks for the AWS owned key: it has that.
    always: ["point_in_time_recovery", "tags"],
    moreFor: {
      "user-data": ["encryption"],
      events: ["encryption"],
      sessions: ["encryption"],
      rich: ["encryption", "table_class"],
      provisioned: ["encryption"],
      managed: ["encryption"],
      "customer-id": ["encryption"],
      "customer-arn": ["encryption"],
      "customer-alias": ["encryption"],
      "customer-alias-arn": ["encryption"],
    },
  };
  describeTables(emulator, its);
  describeAnything(emulator, its);

  it("nothing is sent for what it does not support", async () => {
    const request = await provision({ quiet: richTable }, "faulty");
    expect(request.state).toBe("completed");
    const sent = running.proxy.calls.map(({ operation, table }) => [table, operation]);
    const count = (operation: string, table?: string) =>
      sent.filter(([about, what]) => what === operation && about === table).length;
    expect(count("UpdateContinuousBackups", "shop-faulty-quiet")).toBe(0);
    expect(count("TagResource")).toBe(0);
    expect(count("UpdateTable", "shop-faulty-quiet")).toBe(0);
    // Asked once what they are; after that it is known.
    expect(count("DescribeContinuousBackups", "shop-faulty-quiet")).toBe(1);
    expect(count("ListTagsOfResource")).toBe(1);
  });

  // Of our very keys, and without tags that could tell: our own call was refused, so it is not ours.
  describeOwnership(emulator, {});

  it("policies name the ARN as the emulator says it", async () => {
    const request = await provision({ policy: { partition_key: "id" } });
    const { content } = await getTableSnippet(running.dana, {
      id: request.tables[0]!.table_id!,
      format: "iam-policy",
      options: { access: "reader", as: "json" },
    });
    expect(JSON.parse(content).Statement[0].Resource).toBe(
      "arn:aws:dynamodb:ddblocal:000000000000:table/shop-dev-policy",
    );
  });

  it("a setting it refuses is a failure in its own words, and what was said helps", async () => {
    const request = await provision({ capped: { partition_key: "id", max_read_request_units: 5 } });
    expect(request.state).toBe("failed");
    expect(request.tables[0]!.problem).toMatch(/ValidationException: .*throughput.*\n.*resubmit/);
  });
});

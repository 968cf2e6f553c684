import { ListTagsOfResourceCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { getTable } from "#lib/tables/queries.ts";
import { getTableSnippet } from "#lib/tables/snippets.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { motoServer, titleOf } from "./emulator.fixture.ts";
import { useEmulator } from "./emulator-scenario.fixture.ts";
import {
  describeAnything,
  describeOwnership,
  describeTables,
  type Peculiarities,
} from "./emulator-suite.fixture.ts";

useTestDatabase();

describe.skipIf(motoServer.missing)(titleOf(motoServer), () => {
  const emulator = useEmulator(motoServer);
  const { running, provision } = emulator;
  const account = "123456789012";

  const its: Peculiarities = {
    arnPrefix: `arn:aws:dynamodb:us-east-1:${account}`,
    always: [],
    moreFor: { rich: ["on_demand_throughput", "table_class"] },
  };
  describeTables(emulator, its);
  describeAnything(emulator, its);

  it("tags, recovery and its days are as asked", async () => {
    const request = await provision({
      tagged: {
        partition_key: "id",
        purpose: "Ledger",
        tags: { Team: "orders" },
        enable_point_in_time_recovery: true,
        point_in_time_recovery_days: 9,
      },
    });
    const table = await getTable(running.dana, { id: request.tables[0]!.table_id! });
    expect(table.point_in_time_recovery).toMatchObject({ status: "ENABLED", days: 9 });
    const { Tags: tags } = await running.stranger.send(
      new ListTagsOfResourceCommand({ ResourceArn: table.arn! }),
    );
    expect(Object.fromEntries(tags!.map(({ Key, Value }) => [Key, Value]))).toEqual({
      CostCenter: "1234",
      Environment: "dev",
      ManagedBy: "Tablewright",
      Name: "shop-dev-tagged",
      Project: "shop",
      Purpose: "Ledger",
      Team: "orders",
      Type: "key-value",
      "tablewright:table-id": table.id,
    });
  });

  describeOwnership(emulator, { Tags: [{ Key: "Owner", Value: "somebody else" }] });

  it("an alias that it answers for a key's ARN is not handed out as one", async () => {
    const arn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const request = await provision({
      named: { partition_key: "id", kms_key_id: arn },
      aliased: { partition_key: "id", kms_key_id: "alias/orders" },
    });
    const [aliased, named] = await Promise.all(
      request.tables.map(({ table_id }) => getTable(running.dana, { id: table_id! })),
    );
    expect(named!.encryption).toEqual({ type: "customer_managed", status: "ENABLED", kms_key_arn: arn });
    expect(aliased!.encryption).toEqual({ type: "customer_managed", status: "ENABLED", kms_key_arn: null });
    const policy = (id: string) =>
      getTableSnippet(running.dana, { id, format: "iam-policy", options: { access: "reader", as: "json" } });
    expect((await policy(named!.id)).content).toContain(arn);
    await expect(policy(aliased!.id)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

import { describe, expect, test } from "vitest";
import { activeTable, capacity, invalid, newIndex, provisioned } from "./update-table.fixture.ts";

describe("capacity", () => {
  test("a provisioned table becomes on demand, then reports since when", async () => {
    const { update, describe: read, advance } = await activeTable(provisioned);
    const { TableDescription } = await update({ BillingMode: "PAY_PER_REQUEST" });
    expect(TableDescription?.TableStatus).toBe("UPDATING");
    advance(1);
    expect(await read()).toMatchObject({
      TableStatus: "ACTIVE",
      BillingModeSummary: {
        BillingMode: "PAY_PER_REQUEST",
        LastUpdateToPayPerRequestDateTime: new Date("2026-03-01T12:00:01.000Z"),
      },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    });
  });

  test("the way to PROVISIONED must carry the capacity of every index", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update(newIndex("by-price"));
    advance(3);
    await expect(update(provisioned)).rejects.toMatchObject({
      message: `${invalid}ProvisionedThroughput must be specified for index: by-price`,
    });
    await update({
      ...provisioned,
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: "by-price", ProvisionedThroughput: capacity(2, 3) } },
      ],
    });
    advance(1);
    expect(await read()).toMatchObject({
      ProvisionedThroughput: capacity(5, 5),
      GlobalSecondaryIndexes: [{ ProvisionedThroughput: capacity(2, 3), IndexStatus: "ACTIVE" }],
    });
  });

  test("four decreases a day, the fifth an hour later", async () => {
    const {
      update,
      describe: read,
      advance,
    } = await activeTable({
      ...provisioned,
      ProvisionedThroughput: capacity(9, 9),
    });
    for (const units of [8, 7, 6, 5]) {
      await update({ ProvisionedThroughput: capacity(units, units) });
      advance(1);
    }
    expect((await read()).ProvisionedThroughput?.NumberOfDecreasesToday).toBe(4);
    await expect(update({ ProvisionedThroughput: capacity(4, 4) })).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    advance(3600);
    await update({ ProvisionedThroughput: capacity(4, 4) });
  });

  test("an on-demand cap is set, and taken away by -1", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update({ OnDemandThroughput: { MaxReadRequestUnits: 20 } });
    advance(1);
    expect((await read()).OnDemandThroughput).toEqual({ MaxReadRequestUnits: 20 });
    await update({ OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    advance(1);
    expect(await read()).not.toHaveProperty("OnDemandThroughput");
  });
});

import { DescribeContinuousBackupsCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { activeTable, createdTable, TableName } from "./facets.fixture.ts";

describe("continuous backups", () => {
  test("recovery is on for 35 days, or for the days asked", async () => {
    const { setRecovery, backups, advance } = await activeTable();
    expect(await backups()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "DISABLED" },
    });
    await setRecovery(true);
    const enabledAt = new Date("2026-03-01T12:00:01.000Z");
    expect(await backups()).toEqual({
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: 35,
        EarliestRestorableDateTime: enabledAt,
        LatestRestorableDateTime: enabledAt,
      },
    });
    await setRecovery(true, 7);
    advance(600);
    expect((await backups())?.PointInTimeRecoveryDescription).toMatchObject({
      RecoveryPeriodInDays: 7,
      LatestRestorableDateTime: new Date("2026-03-01T12:05:01.000Z"),
    });
    await setRecovery(false);
    expect((await backups())?.PointInTimeRecoveryDescription).toEqual({
      PointInTimeRecoveryStatus: "DISABLED",
    });
  });

  test("recovery waits for the table, and then for its backups", async () => {
    const { setRecovery, backups, advance } = await createdTable({ backupsEnablingSeconds: 5 });
    for (const _ of ["CREATING", "ACTIVE"]) {
      await expect(setRecovery(true)).rejects.toMatchObject({
        name: "ContinuousBackupsUnavailableException",
        message: `Backups are being enabled for the table: ${TableName}. Please retry later`,
      });
      advance(1);
    }
    expect((await backups())?.ContinuousBackupsStatus).toBe("DISABLED");
    advance(4);
    await setRecovery(true);
  });

  test("36 days, days while off, and a table that is not there are refused", async () => {
    const { setRecovery, client } = await activeTable();
    await expect(setRecovery(true, 36)).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 35",
    });
    await expect(setRecovery(false, 7)).rejects.toMatchObject({ name: "ValidationException" });
    await expect(
      client.send(new DescribeContinuousBackupsCommand({ TableName: "other" })),
    ).rejects.toMatchObject({ name: "TableNotFoundException", message: "Table not found: other" });
  });
});

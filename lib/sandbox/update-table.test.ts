import { describe, expect, test } from "vitest";
import { activeTable, TableName } from "./update-table.fixture.ts";

describe("stream, class, encryption, protection", () => {
  test("a stream switched off and on is a new stream, and off keeps the old label to read", async () => {
    const {
      update,
      describe: read,
      advance,
    } = await activeTable({
      StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" },
    });
    const first = (await read()).LatestStreamArn;
    await update({ StreamSpecification: { StreamEnabled: false } });
    advance(1);
    const off = await read();
    expect(off).not.toHaveProperty("StreamSpecification");
    expect(off.LatestStreamArn).toBe(first);
    await update({ StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" } });
    const on = await read();
    expect(on.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
    expect(on.LatestStreamArn).not.toBe(first);
  });

  test("the table class changes twice in 30 days", async () => {
    const { update, describe: read, advance } = await activeTable();
    await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
    advance(1);
    expect((await read()).TableClassSummary).toEqual({
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      LastUpdateDateTime: new Date("2026-03-01T12:00:01.000Z"),
    });
    await update({ TableClass: "STANDARD" });
    advance(1);
    await expect(update({ TableClass: "STANDARD_INFREQUENT_ACCESS" })).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).",
    });
    advance(30 * 24 * 3600);
    await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
  });

  test("a key change moves the encryption while the table stays ACTIVE", async () => {
    const { update, describe: read, advance } = await activeTable({ SSESpecification: { Enabled: true } });
    await update({ SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/shop" } });
    expect(await read()).toMatchObject({ TableStatus: "ACTIVE", SSEDescription: { Status: "UPDATING" } });
    await expect(update({ SSESpecification: { Enabled: false } })).rejects.toMatchObject({
      message:
        "Attempt to change a resource which is still in use: Server-Side Encryption is still being updated",
    });
    advance(2);
    expect((await read()).SSEDescription?.Status).toBe("ENABLED");
    await update({ SSESpecification: { Enabled: false } });
    advance(2);
    expect(await read()).not.toHaveProperty("SSEDescription");
  });

  test("deletion protection changes at once, and again only after 15 seconds", async () => {
    const {
      update,
      describe: read,
      advance,
      remove,
    } = await activeTable({ DeletionProtectionEnabled: true });
    await update({ DeletionProtectionEnabled: false });
    expect(await read()).toMatchObject({ TableStatus: "ACTIVE", DeletionProtectionEnabled: false });
    await expect(update({ DeletionProtectionEnabled: true })).rejects.toMatchObject({
      name: "ThrottlingException",
      message: `Deletion protection setting for table ${TableName} modified within the previous 15000 milliseconds. Please try again after 2026-03-01T12:00:16.000Z`,
    });
    advance(15);
    await update({ DeletionProtectionEnabled: true });
    advance(15);
    await update({ DeletionProtectionEnabled: false });
    await remove();
  });
});

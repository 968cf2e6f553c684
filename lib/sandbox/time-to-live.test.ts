import { describe, expect, test } from "vitest";
import { activeTable, createdTable } from "./facets.fixture.ts";

describe("time to live", () => {
  test("it is ENABLING, then ENABLED, and DISABLED without an attribute", async () => {
    const { ttl, setTtl, advance } = await activeTable();
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLED" });
    const answer = await setTtl("expires", true);
    expect(answer.TimeToLiveSpecification).toEqual({ AttributeName: "expires", Enabled: true });
    expect(await ttl()).toEqual({ TimeToLiveStatus: "ENABLING", AttributeName: "expires" });
    advance(1);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    advance(3600);
    await setTtl("expires", false);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLING", AttributeName: "expires" });
    advance(1);
    expect(await ttl()).toEqual({ TimeToLiveStatus: "DISABLED" });
  });

  test.each([
    ["the same again", "expires", true, "TimeToLive is already enabled"],
    [
      "another attribute",
      "ttl",
      true,
      "TimeToLive is active on a different AttributeName: current AttributeName is expires",
    ],
    [
      "off within the hour",
      "expires",
      false,
      "Time to live has been modified multiple times within a fixed interval",
    ],
  ])("refuses %s", async (_title, attribute, enabled, message) => {
    const { setTtl } = await activeTable();
    await setTtl("expires", true);
    await expect(setTtl(attribute, enabled)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  test("refuses to switch off what is off, and a name longer than 255", async () => {
    const { setTtl } = await activeTable();
    await expect(setTtl("expires", false)).rejects.toMatchObject({
      message: "TimeToLive is already disabled",
    });
    await expect(setTtl("a".repeat(256), true)).rejects.toMatchObject({
      message: expect.stringContaining(
        "at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length less than or equal to 255",
      ),
    });
  });

  test("it can neither be set nor read while the table is CREATING", async () => {
    const { setTtl, ttl } = await createdTable();
    await expect(setTtl("expires", true)).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(ttl()).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING",
    });
  });
});

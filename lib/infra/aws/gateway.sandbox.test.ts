import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { absentFacets, done, settled, unmet } from "#lib/provisioning/completion.ts";
import { keysMatch, mismatches } from "#lib/provisioning/mismatches.ts";
import type { Observed } from "#lib/provisioning/observed.ts";
import { anySpec, desiredTable } from "#lib/provisioning/plan.arbitrary.ts";
import { type Desired, plan } from "#lib/provisioning/plan.ts";
import type { SandboxOptions } from "#lib/sandbox/options.ts";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { classifyFailure } from "./failure.ts";
import { connect, type DynamoGateway } from "./gateway.ts";

let sandbox: Sandbox;
let clock = Date.UTC(2026, 0, 2);

/** A sandbox on a clock of its own, so that nothing has to be slept through. */
async function start(options: SandboxOptions = {}): Promise<DynamoGateway> {
  sandbox = await startSandbox({ port: 0, now: () => clock, ...options });
  return connect({
    endpoint: sandbox.url,
    account: "111111111111",
    region: "eu-west-1",
    roleArn: null,
    externalId: null,
  });
}

afterEach(() => sandbox.close());

/** Does what a worker does, with a day between two looks: the first call of the plan, once the table is at rest. */
async function provision(gateway: DynamoGateway, desired: Desired): Promise<Observed> {
  for (let pass = 0; pass < 12; pass++) {
    const observed = await gateway.observe(desired.name, { deep: true, skip: desired.unsupported });
    const [next] = plan(desired, observed);
    if (!next) return observed;
    if (!observed.exists || settled(observed)) await gateway.run(next);
    clock += 86_400_000;
  }
  throw new Error(`${desired.name} never got done`);
}

async function failureOf(gateway: DynamoGateway, desired: Desired) {
  const [call] = plan(desired, { exists: false });
  const error = await gateway.run(call!).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error === null ? null : classifyFailure(error, { call: "CreateTable", endpoint: true });
}

describe("on the sandbox", () => {
  test("any spec becomes the table that was asked for, and stays with nothing to do", async () => {
    const gateway = await start();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(anySpec, async (spec) => {
        const desired = desiredTable(spec, { name: `shop-dev-${++count}` });
        const observed = await provision(gateway, desired);
        expect(unmet(desired, observed)).toEqual([]);
        expect(keysMatch(spec, observed)).toBe(true);
        expect(observed.exists && mismatches(desired, observed)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("a table is seen while it is being made, with its identity and ARN", async () => {
    const gateway = await start();
    const [create] = plan(desiredTable(), { exists: false });
    const created = await gateway.run(create!);
    expect(created).toMatchObject({
      tableStatus: "CREATING",
      arn: "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-dev-orders",
    });
    const observed = await gateway.observe("shop-dev-orders", { deep: true, skip: [] });
    expect(observed).toMatchObject({
      tableStatus: "CREATING",
      tableId: created?.tableId,
      ttl: null,
      tags: null,
    });
  });

  test("a name that is taken is ambiguous, and so is an answer that got lost", async () => {
    const gateway = await start();
    expect(await failureOf(gateway, desiredTable())).toBeNull();
    expect(await failureOf(gateway, desiredTable())).toMatchObject({ kind: "ambiguous" });
    sandbox.failNext("CreateTable", "executeThenTimeout");
    expect(await failureOf(gateway, desiredTable({}, { name: "shop-dev-lost" }))).toMatchObject({
      kind: "ambiguous",
    });
    expect(sandbox.tables().map(({ name }) => name)).toContain("shop-dev-lost");
  });

  test("a name made to fail fails as it says, then lets the table through", async () => {
    const gateway = await start();
    const denied = desiredTable({}, { name: "shop-dev-fail-create" });
    expect(await failureOf(gateway, denied)).toMatchObject({ kind: "stop" });
    expect(await failureOf(gateway, denied)).toBeNull();
    const throttled = desiredTable({}, { name: "shop-dev-fail-throttle" });
    expect(await failureOf(gateway, throttled)).toMatchObject({ kind: "retry" });
  });

  test("TTL that is on already is so, and TTL on another attribute is for a person to settle", async () => {
    const gateway = await start();
    const asked = desiredTable({ enable_ttl: true });
    await provision(gateway, asked);
    const repeat = async (desired: Desired) => {
      const error = await gateway
        .run(plan(desired, { exists: false })[1]!)
        .catch((thrown: unknown) => thrown);
      return classifyFailure(error, { call: "UpdateTimeToLive", endpoint: true });
    };
    expect(await repeat(asked)).toMatchObject({ kind: "already" });
    expect(await repeat(desiredTable({ enable_ttl: true, ttl_attribute: "other" }))).toMatchObject({
      kind: "stop",
      explanation: expect.stringContaining("another attribute"),
    });
  });

  test("an endpoint that lacks a facet leaves the rest of the table complete", async () => {
    const gateway = await start({
      supports: { encryption: false, tableClass: false, tags: false, continuousBackups: false },
    });
    const desired = desiredTable({
      table_class: "STANDARD_INFREQUENT_ACCESS",
      enable_point_in_time_recovery: true,
      enable_ttl: true,
    });
    const observed = await provision(gateway, { ...desired, unsupported: ["point_in_time_recovery"] });
    if (!observed.exists) throw new Error("the table must be there");
    expect(absentFacets(desired, observed)).toEqual(["encryption", "table_class"]);
    expect(observed.unsupportedReads).toEqual(["tags"]);
    const unsupported = ["encryption", "table_class", "tags", "point_in_time_recovery"] as const;
    expect(done({ ...desired, unsupported }, observed)).toBe(true);
  });
});

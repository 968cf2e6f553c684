import { CreateTableCommand, DescribeTableCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawFault, type FaultPlan, faultKinds, parseFaultPlan } from "./faults.ts";
import { plainTable, sandboxForTest } from "./sandbox.fixture.ts";

const create = (TableName: string) => new CreateTableCommand(plainTable({ TableName }));

describe("faults by table name", () => {
  test("-fail-create: the first CreateTable is denied, the next succeeds", async () => {
    const { client } = await sandboxForTest();
    await expect(client.send(create("shop-dev-fail-create"))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:sts::111111111111:assumed-role/tablewright/sandbox is not authorized to perform: dynamodb:CreateTable on resource: arn:aws:dynamodb:eu-west-1:111111111111:table/shop-dev-fail-create because no identity-based policy allows the dynamodb:CreateTable action",
    });
    await client.send(create("shop-dev-fail-create"));
  });

  test("-fail-throttle: five throttles first", async () => {
    const { client } = await sandboxForTest();
    for (const _ of [1, 2, 3, 4, 5])
      await expect(client.send(create("shop-dev-fail-throttle"))).rejects.toMatchObject({
        name: "ThrottlingException",
      });
    await client.send(create("shop-dev-fail-throttle"));
  });

  test("-slow: 30 seconds in CREATING", async () => {
    const { client, advance } = await sandboxForTest();
    await client.send(create("shop-dev-slow"));
    const status = async () =>
      (await client.send(new DescribeTableCommand({ TableName: "shop-dev-slow" }))).Table?.TableStatus;
    advance(29);
    expect(await status()).toBe("CREATING");
    advance(1);
    expect(await status()).toBe("ACTIVE");
  });
});

describe("one-shot faults", () => {
  test.each([
    ["throttle", "ThrottlingException", 400],
    ["internalError", "InternalServerError", 500],
  ] as const)("%s is answered and nothing is executed", async (fault, name, httpStatusCode) => {
    const { client, sandbox } = await sandboxForTest();
    sandbox.failNext("CreateTable", fault);
    await expect(client.send(create("orders"))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    });
    expect(sandbox.tables()).toEqual([]);
    await client.send(create("orders"));
  });

  test("timeoutBefore closes the connection without executing, executeThenTimeout after executing", async () => {
    const { client, sandbox } = await sandboxForTest();
    sandbox.failNext("CreateTable", "timeoutBefore", { table: "lost" });
    sandbox.failNext("CreateTable", "executeThenTimeout", { table: "made" });
    for (const name of ["made", "lost"])
      await expect(client.send(create(name))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(sandbox.tables().map((table) => table.name)).toEqual(["made"]);
    expect(sandbox.calls.map(({ table, outcome, fault }) => ({ table, outcome, fault }))).toEqual([
      { table: "made", outcome: "ok", fault: "executeThenTimeout" },
      { table: "lost", outcome: "not executed", fault: "timeoutBefore" },
    ]);
  });

  test("any error of AWS's, as often as asked", async () => {
    const { client, sandbox } = await sandboxForTest();
    const error = { name: "LimitExceededException", message: "Too many of something." };
    sandbox.failNext("ListTables", error, { times: 2 });
    for (const _ of [1, 2]) await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject(error);
    await client.send(new ListTablesCommand({}));
  });

  test("an answer that is not DynamoDB's at all", async () => {
    const { client, sandbox } = await sandboxForTest();
    sandbox.failNext("ListTables", "notDynamoDb");
    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(/is not valid JSON/);
  });

  test("closing the sandbox ends requests that hang", async () => {
    const { client, sandbox } = await sandboxForTest({
      faultPlan: { seed: 1, rates: { timeoutBefore: 1 }, timeoutMilliseconds: 3_600_000 },
    });
    const hanging = expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    await expect.poll(() => sandbox.calls.length).toBe(1);
    await sandbox.close();
    await hanging;
  });
});

describe("the seeded plan", () => {
  const plan: FaultPlan = { seed: 7, rates: { throttle: 0.05, executeThenTimeout: 0.05 } };
  const drawn = (which: FaultPlan, requests: number) =>
    Array.from({ length: requests }, (_, request) => drawFault(which, request + 1));

  test("the same seed gives the same faults, another seed others", () => {
    expect(drawn(plan, 500)).toEqual(drawn(plan, 500));
    expect(drawn(plan, 500)).not.toEqual(drawn({ ...plan, seed: 8 }, 500));
  });

  test("faults come about as often as their rates say, whatever the seed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        const faults = drawn({ ...plan, seed }, 4_000);
        for (const kind of ["throttle", "executeThenTimeout"])
          expect(Math.abs(faults.filter((fault) => fault === kind).length - 200)).toBeLessThan(80);
      }),
      { numRuns: 50 },
    );
  });

  test("it meets only the operations it names, which alone count", async () => {
    const { client, sandbox } = await sandboxForTest({
      faultPlan: { seed: 1, rates: { throttle: 1 }, operations: ["CreateTable"] },
    });
    await client.send(new ListTablesCommand({}));
    await expect(client.send(create("orders"))).rejects.toMatchObject({ name: "ThrottlingException" });
    expect(sandbox.calls.map((call) => call.fault)).toEqual([undefined, "throttle"]);
  });

  test("a plan from outside is checked", () => {
    expect(parseFaultPlan(JSON.stringify(plan))).toEqual(plan);
    for (const json of ["{}", '{"seed":1,"rates":{"boom":1}}', '{"seed":1,"rates":{"throttle":2}}'])
      expect(() => parseFaultPlan(json)).toThrow();
    expect(faultKinds).toContain("slow");
  });
});

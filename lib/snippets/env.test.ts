import { spawnSync } from "node:child_process";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeSpec } from "#lib/provisioning/plan.arbitrary.ts";
import { tableKeyArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { envSnippet, parseEnvOptions } from "./env.ts";
import { variablePrefix } from "./label.ts";
import type { SnippetTable } from "./snippet.ts";

function tableOf(key: string, fields: Partial<SnippetTable> = {}): SnippetTable {
  const name = `shop-dev-${key}`;
  const arn = `arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`;
  return {
    key,
    name,
    project: "shop",
    environment: "dev",
    account: "111111111111",
    region: "eu-west-1",
    endpoint: null,
    spec: completeSpec({ enable_stream: true }),
    tags: {},
    arn,
    streamArn: `${arn}/stream/2026-01-02T03:04:05.000`,
    kmsKeyArn: null,
    unsupported: [],
    ...fields,
  };
}

const plain = { spec: completeSpec(), streamArn: null };
const orders = tableOf("orders");
const users = tableOf("user-data", plain);

test("dotenv: names and ARNs of a project's environment, by key", () => {
  expect(envSnippet([users, orders], { as: "dotenv" })).toEqual({
    files: [
      {
        filename: "shop-dev.env",
        content: `\
# DynamoDB tables of shop in dev
ORDERS_TABLE_NAME=shop-dev-orders
ORDERS_TABLE_ARN=arn:aws:dynamodb:eu-west-1:111111111111:table/shop-dev-orders
ORDERS_TABLE_STREAM_ARN=arn:aws:dynamodb:eu-west-1:111111111111:table/shop-dev-orders/stream/2026-01-02T03:04:05.000

USER_DATA_TABLE_NAME=shop-dev-user-data
USER_DATA_TABLE_ARN=arn:aws:dynamodb:eu-west-1:111111111111:table/shop-dev-user-data
`,
      },
    ],
    warnings: [],
  });
});

test("JSON: the module's output `tables`", () => {
  const { files, warnings } = envSnippet([users, orders], { as: "json" });
  expect(files.map(({ filename }) => filename)).toEqual(["shop-dev.json"]);
  expect(JSON.parse(files[0]!.content)).toEqual({
    orders: { name: orders.name, arn: orders.arn, stream_arn: orders.streamArn },
    "user-data": { name: users.name, arn: users.arn, stream_arn: null },
  });
  expect(warnings).toEqual([]);
});

test("one table has a file of its own name; each project and environment has one file", () => {
  expect(envSnippet([orders], { as: "json" }).files[0]!.filename).toBe("shop-dev-orders.json");
  const elsewhere = tableOf("orders", { environment: "stage" });
  const { files } = envSnippet([elsewhere, orders, users], { as: "dotenv" });
  expect(files.map(({ filename }) => filename)).toEqual(["shop-dev.env", "shop-stage.env"]);
});

test("options come from a query string or a body; others are refused by name", () => {
  expect(parseEnvOptions({})).toEqual({ as: "dotenv" });
  expect(parseEnvOptions({ as: "json" })).toEqual({ as: "json" });
  expect(() => parseEnvOptions({ as: "xml", "a/b": "1" })).toThrow(
    expect.objectContaining({
      code: "INVALID",
      errors: [
        { path: "/as", message: "as must be dotenv or json." },
        { path: "/a~1b", message: "The format env has no option a/b." },
      ],
    }),
  );
});

describe("warnings", () => {
  test("an ARN not seen yet is left out and named; a stream that nobody asked for is not", () => {
    const table = tableOf("orders", { arn: null, streamArn: null });
    const { files, warnings } = envSnippet([table], { as: "dotenv" });
    expect(parseEnv(files[0]!.content)).toEqual({ ORDERS_TABLE_NAME: table.name });
    expect(warnings.map(({ path }) => path)).toEqual(["/tables/orders/arn", "/tables/orders/stream_arn"]);
    expect(envSnippet([tableOf("orders", plain)], { as: "dotenv" }).warnings).toEqual([]);
    const unsupported = tableOf("orders", { streamArn: null, unsupported: ["stream"] });
    expect(envSnippet([unsupported], { as: "json" }).warnings).toEqual([]);
  });

  test("of two tables with one key the file has the later one, and says so", () => {
    const old = tableOf("orders", { name: "old-orders" });
    const { files, warnings } = envSnippet([old, orders], { as: "dotenv" });
    expect(parseEnv(files[0]!.content).ORDERS_TABLE_NAME).toBe(orders.name);
    expect(warnings).toEqual([
      { path: "/tables/orders/name", message: expect.stringContaining("old-orders is not in the file") },
    ]);
  });

  test("what dotenv cannot say is left out and named", () => {
    const { files, warnings } = envSnippet([tableOf("orders", { ...plain, arn: "it's\n$(x)" })], {
      as: "dotenv",
    });
    expect(parseEnv(files[0]!.content)).toEqual({ ORDERS_TABLE_NAME: "shop-dev-orders" });
    expect(warnings.map(({ path }) => path)).toEqual(["/tables/orders/arn"]);
  });
});

test("bash and dotenv read the same values, also from an emulator that answers odd ARNs", () => {
  const odd = fc.array(
    fc.constantFrom("a", " ", "$HOME", "`", "#", '"', "\\n", `\${x}`, "!", "é", "=", "\\"),
    { maxLength: 6 },
  );
  const tables = fc.uniqueArray(
    fc.tuple(tableKeyArbitrary, odd).map(([key, parts]) => tableOf(key, { arn: `arn:${parts.join("")}` })),
    { selector: ({ key }) => key, minLength: 1, maxLength: 40 },
  );
  for (const group of fc.sample(tables, { numRuns: 5, seed: 7 })) {
    const { content } = envSnippet(group, { as: "dotenv" }).files[0]!;
    const expected = Object.fromEntries(
      group.flatMap(({ key, name, arn, streamArn }) => [
        [`${variablePrefix(key)}_TABLE_NAME`, name],
        [`${variablePrefix(key)}_TABLE_ARN`, arn],
        [`${variablePrefix(key)}_TABLE_STREAM_ARN`, streamArn],
      ]),
    );
    expect(parseEnv(content)).toEqual(expected);
    const bash = spawnSync("bash", ["--norc", "-c", "set -a; source <(cat); env -0"], {
      input: content,
      env: { NODE_ENV: "test", PATH: process.env.PATH },
    });
    const seen = bash.stdout
      .toString()
      .split("\0")
      .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]);
    expect(Object.fromEntries(seen)).toMatchObject(expected);
    expect(bash.stderr.toString()).toBe("");
  }
});

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { freePort } from "#lib/infra/free-port.ts";
import { handleApi } from "#lib/server/api/handle.ts";
import { aTable, auditOf, makePerson, makeToken, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";

useTestConfig();
useTestDatabase();

let server: Server;
let url: string;
let token: string;
let approver: string;
const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-cli-"));
beforeAll(async () => {
  token = await makeToken(await makePerson({ groups: ["shop-devs"] }));
  approver = await makeToken(await makePerson({ groups: ["platform"] }));
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = request.method === "GET" ? undefined : Buffer.concat(chunks);
    const { method, headers } = request;
    const answer = await handleApi(
      new Request(`http://127.0.0.1${request.url}`, {
        method,
        headers: headers as Record<string, string>,
        body,
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

type Ended = { code: number; out: string; err: string };

/** Runs the tool as a program. Whatever it says, it never says the token. */
async function tool(args: string[], given: { token?: string; url?: string } = {}): Promise<Ended> {
  const env = { ...process.env, TABLEWRIGHT_URL: given.url ?? url, TABLEWRIGHT_TOKEN: given.token ?? token };
  const ended = await new Promise<Ended>((resolve) => {
    execFile(process.execPath, ["scripts/tablewright.ts", ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
  if (env.TABLEWRIGHT_TOKEN !== "") expect(ended.out + ended.err).not.toContain(env.TABLEWRIGHT_TOKEN);
  return ended;
}

let files = 0;
function file(content: unknown): string {
  const name = path.join(folder, `${++files}.json`);
  writeFileSync(name, typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

const where = ["--project", "shop", "--environment", "stage", "--justification", "Carts move"];

test("a tables map becomes a request that another person approves, and its tables can be listed and shown", async () => {
  const made = await tool(["request", "create", "-f", file({ carts: aTable() }), ...where, "--json"]);
  expect([made.code, made.err]).toEqual([0, ""]);
  const { id } = JSON.parse(made.out);
  expect(await requestRow(id)).toMatchObject({
    project: "shop",
    environment: "stage",
    justification: "Carts move",
  });

  const own = await tool(["request", "approve", id]);
  expect([own.code, own.err]).toEqual([1, expect.stringContaining("your own request")]);
  const approved = await tool(["request", "approve", id, "--comment", "Fine"], { token: approver });
  expect([approved.code, approved.out]).toEqual([
    0,
    expect.stringMatching(/^Request #\d+ for shop in stage: approved/),
  ]);
  expect((await tool(["request", "show", id])).out).toContain("shop-stage-carts: pending");

  const listed = JSON.parse((await tool(["tables", "list", "--q", "carts", "--json"])).out);
  expect(listed.items).toMatchObject([{ name: "shop-stage-carts" }]);
  const tableId = listed.items[0].id;
  expect((await tool(["tables", "list"])).out).toContain("shop-stage-carts");
  expect((await tool(["tables", "show", tableId])).out).toContain("ARN: not known yet");

  const early = await tool(["snippet", tableId, "iam-policy"]);
  expect([early.code, early.err]).toEqual([1, expect.stringContaining("has no ARN yet")]);
  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-carts";
  await db().table.update({ where: { id: tableId }, data: { state: "active", arn } });
  const policy = await tool([
    "snippet",
    tableId,
    "iam-policy",
    "--option",
    "access=writer",
    "--option",
    "as=json",
  ]);
  expect(JSON.parse(policy.out).Statement[0].Action).toContain("dynamodb:PutItem");
});

test("whoever approves acknowledges each guardrail that warns by its id, or is refused with the ids", async () => {
  const tables = { ["k".repeat(100)]: aTable() };
  const { out } = await tool(["request", "create", "-f", file(tables), ...where, "--json"]);
  const { id } = JSON.parse(out);
  for (const others of [[], ["--acknowledge", "another"]]) {
    const refused = await tool(["request", "approve", id, ...others], { token: approver });
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("the warning short-keys")]);
  }
  expect((await requestRow(id)).approvals).toEqual([]);
  const acknowledged = ["--acknowledge", "another", "--acknowledge", "short-keys"];
  const approved = await tool(["request", "approve", id, ...acknowledged], { token: approver });
  expect([approved.code, approved.out]).toEqual([0, expect.stringContaining("in stage: approved")]);
  expect((await auditOf(id)).at(-1)!.data).toMatchObject({ acknowledged: ["another", "short-keys"] });
});

test("a whole body of POST /requests is taken as it is, and options win over it", async () => {
  const body = {
    kind: "create",
    project: "shop",
    environment: "prod",
    justification: "J",
    tables: { wholes: aTable() },
  };
  const made = await tool(["request", "create", "-f", file(body), "--environment", "many", "--json"]);
  expect([made.code, JSON.parse(made.out)]).toMatchObject([0, { environment: "many", justification: "J" }]);
});

test.each([
  ["completed", 0],
  ["failed", 4],
] as const)("--wait ends with the request: %s is exit code %i", async (state, code) => {
  const name = `waits-${state}`;
  const waiting = tool([
    "request",
    "create",
    "-f",
    file({ tables: { [name]: aTable() } }),
    ...where,
    "--wait",
    "--json",
  ]);
  await expect.poll(() => db().table.count({ where: { key: name } }), { timeout: 20_000 }).toBe(1);
  await db().request.updateMany({ where: { tables: { some: { key: name } } }, data: { state } });
  const ended = await waiting;
  expect([ended.code, JSON.parse(ended.out).state]).toEqual([code, state]);
  expect(ended.err).toMatch(/^Request [0-9a-f-]{36} is submitted; waiting/);
});

test("a refusal is exit code 1, with every fault and where it is", async () => {
  const { code, err } = await tool([
    "request",
    "create",
    "-f",
    file({ bad: { partition_key: 7 } }),
    ...where,
  ]);
  expect([code, err]).toEqual([1, expect.stringContaining("/tables/bad/partition_key")]);
  expect((await tool(["request", "show", "00000000-0000-4000-8000-000000000000"])).code).toBe(1);
  expect((await tool(["tables", "list"], { token: "twt_unknown" })).code).toBe(1);
  expect((await tool(["request", "create", "-f", file("{"), ...where])).code).toBe(1);
});

test("misuse is exit code 2, before anything is asked", async () => {
  const misused = [
    ["request", "create"],
    ["request", "create", "-f", file({ a: aTable() })],
    ["request", "show"],
    ["request", "show", "a", "b"],
    ["request", "shout"],
    ["tables", "list", "--colour", "red"],
    ["snippet", "a", "env", "--option", "as"],
  ];
  const codes = await Promise.all(misused.map(async (args) => (await tool(args)).code));
  expect(codes).toEqual(misused.map(() => 2));
  expect((await tool(["tables", "list"], { token: "" })).code).toBe(2);
  expect((await tool(["tables", "list"], { token: "twt_x\ny" })).code).toBe(2);
});

test("where nobody answers, or somebody else, is exit code 3", async () => {
  const nobody = await tool(["tables", "list"], { url: `http://127.0.0.1:${await freePort()}` });
  expect([nobody.code, nobody.err]).toEqual([3, expect.stringContaining("Is Tablewright running there?")]);
  const other = createServer((_, response) => response.end("<html>")).listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  expect((await tool(["tables", "list"], { url: `http://127.0.0.1:${port}` })).code).toBe(3);
  other.close();
});

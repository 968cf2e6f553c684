import { beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { observedTable } from "#lib/infra/aws/observed-table.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { aTable, makePerson, makeRequest, makeToken, requestRow } from "#prisma/factories.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

const formats = ["iam-policy", "terraform-module", "terraform", "cloudformation", "cdk", "aws-cli", "env"];
/** Those whose text names what AWS gave a table. */
const ofExisting = ["iam-policy", "terraform"];
const arnOf = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;

type Files = { filename: string; content: string }[];
type Warnings = { path: string; message: string }[];
let dana: UserActor;
let token: string;
let stranger: string;
let requestId: string;
/** Ids of the request's tables by key: `orders` and `events` exist, `carts` was approved and does not yet. */
let ids: Record<string, string>;
let waitingId: string;

beforeAll(async () => {
  const developer = await makePerson({ groups: ["shop-devs"], name: "Dana" });
  const pat = await makePerson({ groups: ["platform"], name: "Pat" });
  token = await makeToken(developer);
  stranger = await makeToken(await makePerson({ groups: ["billing-devs"] }));
  dana = actorOf(developer, getConfig(), null);
  const tables = { orders: aTable(), events: aTable({ sort_key: "at" }), carts: aTable() };
  requestId = await makeRequest(dana, { tables });
  await approveRequest(actorOf(pat, getConfig(), null), { id: requestId, version: 1 });
  ids = Object.fromEntries((await requestRow(requestId)).tables.map(({ key, id }) => [key, id]));
  for (const key of ["orders", "events"]) {
    const data = { state: "active", arn: arnOf(`shop-stage-${key}`) };
    await db().table.update({ where: { id: ids[key]! }, data });
  }
  waitingId = await makeRequest(dana, { tables: { later: aTable() } });
});

const post = (body: object, as = token) => callApi("/snippets", { token: as, body });

describe("the code of one table", () => {
  test("is all there where one policy would be too long, and says so", async () => {
    const attributes = Array.from({ length: 40 }, (_, at) => `${at}${"x".repeat(90)}`).join(",");
    const query = `access=reader-writer&attributes=${attributes}`;
    const { body } = await callApi(`/tables/${ids.orders}/snippets/iam-policy?${query}`, { token });
    const files = body.files as Files;
    expect(files.length).toBeGreaterThan(1);
    expect(body).toMatchObject({ filename: files[0]!.filename, content: files[0]!.content });
    expect((body.warnings as Warnings)[0]).toMatchObject({ path: "/files" });
    const actions = files.map(({ content }) => content).join();
    for (const action of ["GetItem", "UpdateItem", "DescribeTable"]) expect(actions).toContain(action);
  });

  test("comes in every format of the contract, each there or with the reason why not yet", async () => {
    const list = async (key: string) =>
      (await callApi(`/tables/${ids[key]}/snippets`, { token })).body.items as Record<string, unknown>[];
    expect((await list("orders")).map(({ format }) => format)).toEqual(formats);
    expect((await list("orders")).every(({ available }) => available)).toBe(true);
    const missing = (await list("carts")).filter(({ available }) => !available);
    expect(missing.map(({ format }) => format)).toEqual(ofExisting);
    for (const { reason } of missing) expect(reason).toMatch(/shop-stage-carts has no ARN yet/);
  });

  test.each(formats)("is one file that names the table: %s", async (format) => {
    const { status, body } = await callApi(`/tables/${ids.orders}/snippets/${format}`, { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ format, filename: expect.any(String), warnings: expect.any(Array) });
    expect(String(body.content)).toContain(
      format === "terraform-module" ? '"orders" = {' : "shop-stage-orders",
    );
  });

  test.each(formats)("that does not exist yet: %s", async (format) => {
    const { status } = await callApi(`/tables/${ids.carts}/snippets/${format}`, { token });
    expect(status).toBe(ofExisting.includes(format) ? 409 : 200);
  });

  test.each(formats)("refuses an option that %s does not have, by name", async (format) => {
    const { status, body } = await callApi(`/tables/${ids.orders}/snippets/${format}?colour=red`, { token });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path: "/colour" }]);
  });

  test.each(formats)("is not found for a person of another project: %s", async (format) => {
    const { status, body } = await callApi(`/tables/${ids.orders}/snippets/${format}`, { token: stranger });
    expect([status, body.errors]).toEqual([404, []]);
  });

  test("is there whichever case its id is written in", async () => {
    const base = `/tables/${ids.orders!.toUpperCase()}/snippets`;
    for (const path of [base, `${base}/env`]) expect((await callApi(path, { token })).status).toBe(200);
  });

  test("says while Terraform would not yet take it over without a change, because AWS is at its TTL", async () => {
    const { body: before } = await callApi(`/tables/${ids.events}/snippets/terraform`, { token });
    expect(before.warnings).toEqual([]);
    const id = ids.events!;
    const { observed, endpoint } = await db().table.findUniqueOrThrow({ where: { id } });
    const live = {
      ...observedTable({ TableName: "shop-stage-events" }),
      ttl: { status: "ENABLING", attribute: "ttl" },
    };
    await db().table.update({ where: { id }, data: { observed: live, endpoint: "aws" } });
    const { body } = await callApi(`/tables/${id}/snippets/terraform`, { token });
    await db().table.update({ where: { id }, data: { observed: observed ?? Prisma.DbNull, endpoint } });
    expect((body.warnings as Warnings).map(({ path }) => path)).toEqual(["/tables/events/enable_ttl"]);
  });

  test("is not found in a format that does not exist, and the answer names those that do", async () => {
    const { status, body } = await callApi(`/tables/${ids.orders}/snippets/poem`, { token });
    expect(status).toBe(404);
    expect(body.detail).toContain(formats.join(", "));
  });
});

describe("the code of several tables", () => {
  test("is a file for each, in the order asked for", async () => {
    const body = { table_ids: [ids.orders, ids.events], format: "cloudformation" };
    const answer = await post(body);
    expect(answer.status).toBe(200);
    const names = (answer.body.files as Files).map(({ filename }) => filename);
    expect(names).toEqual(["shop-stage-orders.yaml", "shop-stage-events.yaml"]);
    const turned = await post({ ...body, table_ids: [ids.events, ids.orders] });
    expect((turned.body.files as Files).map(({ filename }) => filename)).toEqual(names.toReversed());
    const twice = await post({ ...body, table_ids: [ids.orders!.toUpperCase(), ids.events, ids.orders] });
    expect((twice.body.files as Files).map(({ filename }) => filename)).toEqual(names);
  });

  test("of a request is there before anybody has approved it", async () => {
    const { status, body } = await post({ request_id: waitingId, format: "terraform-module" });
    expect(status).toBe(200);
    expect((body.files as Files).map(({ content }) => content).join()).toContain('"later" = {');
  });

  test("of a project and environment holds all that was approved, and nothing that waits", async () => {
    const { body } = await post({ project: "shop", environment: "stage", format: "terraform-module" });
    const text = (body.files as Files).map(({ content }) => content).join();
    for (const key of ["orders", "events", "carts"]) expect(text).toContain(`"${key}" = {`);
    expect(text).not.toContain('"later"');
  });

  test.each(ofExisting)("leaves out, and names, what does not exist yet: %s", async (format) => {
    const { status, body } = await post({ request_id: requestId, format });
    expect(status).toBe(200);
    expect((body.files as Files).map(({ content }) => content).join()).not.toContain("shop-stage-carts");
    expect((body.warnings as Warnings).filter(({ path }) => path === "/tables/carts")).toHaveLength(1);
    const alone = await post({ table_ids: [ids.carts], format });
    expect(alone.status).toBe(409);
    expect(alone.body.detail).toContain("shop-stage-carts has no ARN yet");
  });

  test("takes the options of the format, and points at one it does not have", async () => {
    const policy = { table_ids: [ids.orders, ids.events], format: "iam-policy" };
    const { body } = await post({ ...policy, options: { access: "writer", as: "json", scan: false } });
    expect((body.files as Files).map(({ content }) => content).join()).toContain("dynamodb:PutItem");
    const refused = await post({ ...policy, options: { access: "root" } });
    expect([refused.status, refused.body.errors]).toMatchObject([422, [{ path: "/options/access" }]]);
  });

  test.each([
    ["none", {}],
    [
      "two ways",
      { project: "shop", environment: "stage", request_id: "00000000-0000-4000-8000-000000000000" },
    ],
    ["a project without an environment", { project: "shop" }],
    ["an environment without a project", { environment: "stage" }],
    ["no ids", { table_ids: [] }],
    ["an id that is none", { table_ids: ["orders"] }],
  ])("is refused with %s of a selection", async (_, selection) => {
    expect((await post({ ...selection, format: "cdk" })).status).toBe(422);
  });

  test("is refused in a format that does not exist, which names those that do", async () => {
    const { status, body } = await post({ table_ids: [ids.orders], format: "poem" });
    expect([status, body.errors]).toMatchObject([422, [{ path: "/format" }]]);
    expect(body.detail).toContain("terraform-module");
  });

  test("says not found of what one may not see, in the words for what is not there", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    const answers = [
      [{ table_ids: [ids.orders] }, { table_ids: [unknown] }],
      [{ request_id: requestId }, { request_id: unknown }],
      [
        { project: "shop", environment: "stage" },
        { project: "nowhere", environment: "stage" },
      ],
    ].map((pair) => pair.map((selection) => post({ ...selection, format: "cdk" }, stranger)));
    for (const pair of answers) {
      const [hidden, absent] = await Promise.all(pair);
      expect([hidden!.status, absent!.status]).toEqual([404, 404]);
      expect(hidden!.body.detail).toBe(absent!.body.detail);
    }
  });

  test("names the one of many ids that is not there", async () => {
    const table_ids = [ids.orders, "00000000-0000-4000-8000-000000000000"];
    const { status, body } = await post({ table_ids, format: "cdk" });
    expect([status, body.errors]).toMatchObject([404, [{ path: "/table_ids/1" }]]);
  });

  test("lies in one folder of any disk, whatever the tables are called", async () => {
    const long = "l".repeat(255 - "shop-many-".length);
    const tables = { "a.b": aTable(), "A.b": aTable(), [long]: aTable(), [`${long.slice(1)}m`]: aTable() };
    const id = await makeRequest(dana, { environment: "many", tables });
    const { body } = await post({ request_id: id, format: "cdk" });
    const names = (body.files as Files).map(({ filename }) => filename);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(4);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThan(255);
  });

  test("of a project without tables is nothing", async () => {
    const { status, body } = await post({ project: "shop", environment: "prod", format: "cdk" });
    expect([status, body.files]).toEqual([200, []]);
  });
});

import { beforeAll, expect, test } from "vitest";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { requestView } from "#lib/requests/schema.ts";
import { tableView } from "#lib/tables/schema.ts";
import { aRequestBody, aTable, makePerson, makeRequest, makeToken, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

let token: string;
let requestId: string;
let tableId: string;

beforeAll(async () => {
  const dana = await makePerson({ groups: ["shop-devs"], name: "Dana" });
  const pat = await makePerson({ groups: ["platform"], name: "Pat" });
  token = await makeToken(dana);
  const tables = { "user-data": aTable(), events: aTable({ sort_key: "at", enable_stream: true }) };
  requestId = await makeRequest(actorOf(dana, getConfig(), null), { tables });
  await approveRequest(actorOf(pat, getConfig(), null), { id: requestId, version: 1, comment: "Fine" });
  tableId = (await requestRow(requestId)).tables.find((table) => table.key === "events")!.id;
  await db().operation.create({
    data: { tableId, requestId, steps: { create: { position: 0, call: "CreateTable", summary: "Create" } } },
  });
  await db().table.update({
    where: { id: tableId },
    data: {
      state: "active",
      arn: "arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-events",
      streamArn: "arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-events/stream/1",
    },
  });
});

/** The keys of the contract; more may be there, none may be missing. */
const requestKeys = {
  "": "id number kind state version project environment requester justification tables approvals events created_at updated_at url",
  "tables.0": "key name spec state problem table_id unsupported steps",
  "tables.0.steps.0": "call state started_at ended_at attempts wait_until message",
  approvals: "required given",
  "approvals.required.0": "rule group count",
  "approvals.given.0": "person group decision comment version at",
  "events.0": "at actor event comment version",
};
const tableKeys = {
  "": "id key name project environment account region state aws_status arn stream_arn stream ttl point_in_time_recovery encryption spec unsupported drift observed_at url",
  stream: "enabled view_type arn label",
  ttl: "status attribute",
  point_in_time_recovery: "status days earliest latest",
  encryption: "type status kms_key_arn",
};
const specKeys =
  "partition_key sort_key attribute_types type billing_mode enable_ttl ttl_attribute enable_point_in_time_recovery enable_stream stream_view_type kms_key_id purpose encryption read_capacity write_capacity max_read_request_units max_write_request_units point_in_time_recovery_days deletion_protection table_class global_secondary_indexes local_secondary_indexes tags";

function at(value: unknown, path: string): object {
  const steps = path === "" ? [] : path.split(".");
  return steps.reduce((found, step) => (found as Record<string, object>)[step]!, value as object);
}

function expectKeys(value: unknown, keys: Record<string, string>) {
  for (const [path, names] of Object.entries(keys))
    expect(Object.keys(at(value, path)), path).toEqual(expect.arrayContaining(names.split(" ")));
}

test("a request has every key of the contract, tables sorted by key, events oldest first", async () => {
  const { body } = await callApi(`/requests/${requestId}`, { token });
  expectKeys(body, requestKeys);
  expect(requestView.strict().safeParse(body).error).toBeUndefined();
  expect((body.tables as { key: string }[]).map(({ key }) => key)).toEqual(["events", "user-data"]);
  expect((body.events as { event: string }[]).map(({ event }) => event)).toEqual([
    "request.submit",
    "request.approve",
  ]);
  expect(Object.keys(at(body, "tables.0.spec")).sort()).toEqual(specKeys.split(" ").sort());
  expect(body.url).toBe(`http://127.0.0.1:3000/requests/${requestId}`);
  for (const moment of [body.created_at, body.updated_at])
    expect(moment).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("a table has every key of the contract, and knows nothing that no worker has read", async () => {
  const { body } = await callApi(`/tables/${tableId}`, { token });
  expectKeys(body, tableKeys);
  expect(tableView.strict().safeParse(body).error).toBeUndefined();
  expect(body).toMatchObject({ aws_status: null, observed_at: null, drift: [], key: "events" });
});

test("the outputs are the module's four, of the tables that became active", async () => {
  const arn = "arn:aws:dynamodb:us-east-1:000000000000:table/shop-stage-events";
  const { body } = await callApi(`/requests/${requestId}/outputs`, { token });
  expect(body).toEqual({
    table_names: { events: "shop-stage-events" },
    table_arns: { events: arn },
    table_stream_arns: { events: `${arn}/stream/1` },
    tables: { events: { name: "shop-stage-events", arn, stream_arn: `${arn}/stream/1` } },
  });
});

test("a preview has names, findings, plan, cost and approvals, and needs no justification", async () => {
  const { justification: _, ...asked } = aRequestBody({ environment: "prod" });
  const { status, body } = await callApi("/requests/preview", { token, body: asked });
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(["approvals", "notifies", "tables"]);
  expectKeys(body, {
    "tables.0": "key name findings plan cost",
    "tables.0.plan.0": "call input summary",
    "approvals.0": "rule group count",
  });
});

test("a policy says what it is, and what cannot be asked for is refused", async () => {
  const base = `/tables/${tableId}/snippets`;
  const { body } = await callApi(`${base}/iam-policy?access=writer&as=json`, { token });
  expectKeys(body, { "": "format filename content warnings" });
  expect(JSON.parse(String(body.content))).toMatchObject({ Version: "2012-10-17" });
  for (const [path, status] of [
    [`${base}/iam-policy?access=root`, 422],
    [`${base}/iam-policy?__proto__=x`, 422],
    [`${base}/cdk?__proto__=x`, 422],
    [`${base}/poem`, 404],
    [`${base}/constructor`, 404],
    [`${base}/${"x".repeat(5000)}`, 422],
  ] as const)
    expect((await callApi(path, { token })).status, path).toBe(status);
});

test("projects are those the person sees, environments stand in promotion order", async () => {
  const projects = await callApi("/projects", { token });
  expect(projects.body).toEqual({ items: [{ name: "shop", member: true }] });
  const environments = await callApi("/environments", { token });
  expect((environments.body.items as { name: string }[]).map(({ name }) => name)).toEqual(
    getConfig().environments.map(({ name }) => name),
  );
});

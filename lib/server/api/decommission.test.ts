import { beforeAll, describe, expect, test } from "vitest";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { aTable, makePerson, makeRequest, makeToken, requestRow } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
useTestDatabase();

let token: string;
/** Ids by key: `orders` is active, `carts` was deleted, and its successor of the same key is active. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  const developer = await makePerson({ groups: ["shop-devs"] });
  const pat = actorOf(await makePerson({ groups: ["platform"] }), getConfig(), null);
  token = await makeToken(developer);
  const make = async (key: string, label: string, state: string) => {
    const id = await makeRequest(actorOf(developer, getConfig(), null), { tables: { [key]: aTable() } });
    await approveRequest(pat, { id, version: 1 });
    const table = (await requestRow(id)).tables[0]!;
    const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${table.name}`;
    const data = { state, arn, identity: `id-${label}`, holdsName: state !== "deleted" };
    await db().table.update({ where: { id: table.id }, data });
    await db().request.update({ where: { id }, data: { state: "completed" } });
    ids[label] = table.id;
  };
  await make("orders", "orders", "active");
  await make("carts", "carts", "deleted");
  await make("carts", "successor", "active");
});

const body = (tables: unknown) => ({
  kind: "decommission",
  project: "shop",
  environment: "stage",
  tables,
  justification: "Nobody reads it any more",
});

test("a request to delete tables is previewed, made, and answered with its evidence", async () => {
  const { justification: _, ...asked } = body(["orders"]);
  const preview = await callApi("/requests/preview", { token, body: asked });
  expect(preview).toMatchObject({
    status: 200,
    body: {
      tables: [
        {
          key: "orders",
          name: "shop-stage-orders",
          cost: null,
          plan: [{ call: "UpdateTable" }, { call: "DeleteTable" }],
        },
      ],
      approvals: [{ rule: "default", group: "platform", count: 1 }],
    },
  });
  const made = await callApi("/requests", { token, body: body(["orders"]) });
  expect(made).toMatchObject({
    status: 201,
    body: {
      kind: "decommission",
      state: "submitted",
      tables: [
        {
          key: "orders",
          state: "pending",
          table_id: ids.orders,
          evidence: { asked: { deletion_protection: true } },
        },
      ],
    },
  });
  expect((await callApi("/requests", { token, body: body(["orders"]) })).status).toBe(409);
  const outputs = await callApi(`/requests/${made.body.id}/outputs`, { token });
  expect(outputs.body).toEqual({ table_names: {}, table_arns: {}, table_stream_arns: {}, tables: {} });
});

test.each([
  [["nothing"], "/tables/0"],
  [["orders", "orders"], "/tables/1"],
  [{ orders: {} }, "/tables"],
  [undefined, "/tables"],
])("tables like %j are a 422 with a pointer", async (tables, path) => {
  const { status, body: problem } = await callApi("/requests", { token, body: body(tables) });
  expect([status, problem.errors]).toMatchObject([422, [{ path }]]);
});

describe("a table that was deleted", () => {
  test("is listed as such, beside its successor", async () => {
    const { body: list } = await callApi("/tables?q=carts", { token });
    expect((list.items as { state: string }[]).map(({ state }) => state)).toEqual(["active", "deleted"]);
  });

  test.each(["iam-policy", "terraform-module", "terraform", "cloudformation", "cdk", "aws-cli", "env"])(
    "has no %s any more, and says why",
    async (format) => {
      const { status, body: problem } = await callApi(`/tables/${ids.carts}/snippets/${format}`, { token });
      expect([status, problem.detail]).toEqual([409, "shop-stage-carts was deleted."]);
    },
  );

  test("does not stand in the way of its successor, whose key is the same", async () => {
    const table_ids = [ids.carts, ids.successor];
    const { body: made } = await callApi("/snippets", {
      token,
      body: { format: "terraform-module", table_ids },
    });
    expect(made.warnings).toContainEqual({ path: "/tables/carts", message: "shop-stage-carts was deleted." });
    expect(JSON.stringify(made.files).match(/carts/g)).toHaveLength(1);
  });
});

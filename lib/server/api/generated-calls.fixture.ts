import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { makePerson, makeRequest, makeToken, requestRow } from "#prisma/factories.ts";
import { callApi } from "./api.fixture.ts";
import type { JsonSchema } from "./components.ts";
import { fingerprint } from "./fingerprint.fixture.ts";
import {
  hostileBodies,
  hostileHeaders,
  hostileQueries,
  hostileSegments,
  type Json,
} from "./hostile.arbitrary.ts";
import { type Operation, openApiDocument, type Parameter } from "./openapi.ts";
import { type Hints, nearly, valuesOf } from "./schema.arbitrary.ts";

const document = openApiDocument();
const { schemas } = document.components;
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: "api", ...document });

type Call = { path: string; raw?: string; headers?: Record<string, string>; sender: number };

/** Requests and tables there are, in the order they came; addresses and bodies name them. */
const known = { requests: [] as string[], tables: [] as string[] };
const oneOf = (ids: string[]) => fc.nat(9_999).map((at): Json => ids[at % ids.length] ?? "none");

const hints: Hints = {
  project: fc.constantFrom("shop", "shop", "billing"),
  environment: fc.constantFrom("dev", "stage", "many", "prod", "solo"),
  version: fc.constantFrom(1, 1, 2),
  attribute_types: fc.constantFrom<Json[]>({}, { id: "N" }),
  partition_key: fc.constant("id"),
  table_ids: fc.array(oneOf(known.tables), { minLength: 1, maxLength: 3 }),
  request_id: oneOf(known.requests),
  usage: fc.constant({}),
  hcl: fc.constantFrom('tables = { a = { partition_key = "id" } }', "locals {", "x = 1"),
  options: fc.constantFrom<Json[]>({}, { access: "reader" }, { as: "json" }),
};

function bodiesOf(operation: Operation): fc.Arbitrary<string> | null {
  const schema = operation.requestBody?.content["application/json"].schema;
  if (!schema) return null;
  const valid = valuesOf(schema, schemas, hints);
  const written = (values: fc.Arbitrary<Json>) => values.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 12, arbitrary: written(valid) },
    { weight: 7, arbitrary: written(nearly(valid)) },
    { weight: 1, arbitrary: valid.chain((value) => hostileBodies(value as object)) },
  );
}

function queriesOf(operation: Operation): fc.Arbitrary<string> {
  const parameters = (operation.parameters ?? []).filter(
    (one): one is Parameter => "in" in one && one.in === "query",
  );
  const names = parameters.map(({ name }) => name);
  const valid = fc
    .subarray(parameters, { maxLength: Math.min(3, parameters.length) })
    .chain((chosen) =>
      fc
        .tuple(...chosen.map(({ name, schema }) => valuesOf(schema as JsonSchema, schemas, hints, name)))
        .map((values) =>
          new URLSearchParams(
            values.map((value, at) => [chosen[at]!.name, String(value).toWellFormed()]),
          ).toString(),
        ),
    );
  return fc.oneof(
    { weight: 6, arbitrary: valid },
    { weight: 1, arbitrary: hostileQueries(names.length > 0 ? names : ["q"]) },
  );
}

function pathsOf(template: string): fc.Arbitrary<string> {
  const ids = template.startsWith("/tables") ? known.tables : known.requests;
  const formats = fc.constantFrom("iam-policy", "terraform-module", "cdk", "env", "aws-cli", "poem");
  const part = (text: string): fc.Arbitrary<string> => {
    if (!text.startsWith("{")) return fc.constant(text);
    const usual = text === "{id}" ? oneOf(ids).map(String) : formats;
    return fc.oneof(
      { weight: 12, arbitrary: usual },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: hostileSegments },
    );
  };
  return fc.tuple(...template.split("/").map(part)).map((parts) => parts.join("/"));
}

function callsOf(template: string, operation: Operation): fc.Arbitrary<Call> {
  const bodies = bodiesOf(operation);
  const headers = fc.oneof(
    { weight: 15, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: hostileHeaders },
  );
  const noKey = headers.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => name !== "idempotency-key")),
  );
  return fc
    .record({
      path: pathsOf(template),
      query: queriesOf(operation),
      raw: bodies ?? fc.constant(undefined),
      headers: noKey,
      sender: fc.nat(2),
    })
    .map(({ path, query, raw, headers, sender }) => ({
      path: !bodies && query ? `${path}?${query}` : path,
      ...(raw !== undefined && { raw }),
      headers,
      sender,
    }));
}

/** Whether the document takes this body; a null in a map counts as left out, which a schema cannot say. */
function isValidBody(operation: Operation, raw: string): boolean {
  try {
    const value = JSON.parse(raw, (_, one) => one);
    return (
      raw.includes("null") ||
      ajv.getSchema(`api${operation.requestBody!.content["application/json"].schema.$ref}`)!(value) === true
    );
  } catch {
    return false;
  }
}

/** The seed of a run that failed may be given again as TABLEWRIGHT_SEED. */
const seed = Number(process.env.TABLEWRIGHT_SEED ?? 20261128);

/**
 * Makes `total` calls out of the document, over every operation of a method in turn: valid ones, nearly valid ones and
 * hostile ones, by a developer, an approver and somebody of another project. The file that calls it has a database.
 */
export function testGeneratedCalls(method: "get" | "post", total: number): void {
  let tokens: string[];
  const outcomes: Record<number, number> = {};
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    item[method] ? [{ path, operation: item[method] }] : [],
  );

  beforeAll(async () => {
    const groups = [["shop-devs"], ["platform", "security"], ["billing-devs"]];
    const people = await Promise.all(groups.map((one) => makePerson({ groups: one })));
    tokens = await Promise.all(people.map((person) => makeToken(person)));
    const dana = actorOf(people[0]!, getConfig(), null);
    for (const environment of ["dev", "dev", "stage", "many", "prod", "solo", "stage"]) {
      const id = await makeRequest(dana, { environment });
      known.requests.push(id);
      known.tables.push(...(await requestRow(id)).tables.map((table) => table.id));
    }
    await db().table.updateMany({
      where: { environment: "dev" },
      data: { state: "active", arn: "arn:aws:dynamodb:us-east-1:000000000000:table/t" },
    });
  });

  // An import waits for a thread that reads it, so it gets fewer.
  const share = (path: string) =>
    path === "/imports/terraform" ? 200 : Math.ceil(total / operations.length);
  const planned = operations.map(({ path }) => share(path));
  planned[operations.findIndex(({ path }) => path !== "/imports/terraform")]! +=
    total - planned.reduce((sum, one) => sum + one, 0);

  test.each(operations.map((one, at) => ({ ...one, runs: planned[at]! })))(
    `$runs calls of ${method.toUpperCase()} $path are answered as documented, never with a 5xx, and a refusal changes nothing (seed ${seed})`,
    async ({ path, operation, runs }) => {
      let before = await fingerprint();
      let made = 0;
      const check = async ({ sender, ...call }: Call) => {
        const answer = await callApi(call.path, { token: tokens[sender]!, ...call });
        outcomes[answer.status] = (outcomes[answer.status] ?? 0) + 1;
        expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBeLessThan(500);
        made += 1;
        // Reads change nothing whatever they are answered, so that many are judged at once, and the last of all.
        if (method === "get" && made % 25 !== 0 && made !== runs) return;
        const after = await fingerprint();
        if (answer.status >= 400 || method === "get") expect(after).toBe(before);
        else if (!isValidBody(operation, call.raw!))
          expect.fail(`${call.raw} is accepted, and the document refuses it`);
        before = after;
        if (answer.status === 201 && known.requests.length < 200) known.requests.push(String(answer.body.id));
      };
      await fc.assert(fc.asyncProperty(callsOf(path, operation), check), {
        seed,
        numRuns: runs,
        endOnFailure: true,
      });
    },
    240_000,
  );

  test(`${total} calls were made, of which enough were understood and enough refused`, () => {
    const counts = Object.entries(outcomes);
    const sum = (wanted: (status: number) => boolean) =>
      counts.filter(([status]) => wanted(Number(status))).reduce((all, [, count]) => all + count, 0);
    expect(sum(() => true)).toBe(total);
    expect(
      sum((status) => status < 300),
      JSON.stringify(outcomes),
    ).toBeGreaterThan(total / 20);
    expect(
      sum((status) => status >= 400),
      JSON.stringify(outcomes),
    ).toBeGreaterThan(total / 20);
  });
}

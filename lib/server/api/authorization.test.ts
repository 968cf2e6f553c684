import { beforeAll, describe, expect, test } from "vitest";
import { cases } from "#lib/authorization.cases.fixture.ts";
import { readDatabase } from "#lib/authorization.database.fixture.ts";
import { decisions } from "#lib/authorization.decisions.fixture.ts";
import {
  makeScene,
  matrixConfig,
  type PersonKind,
  personKinds,
  type Scene,
} from "#lib/authorization.scene.fixture.ts";
import { type TokenScope, tokenScopes, type UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { deactivatePerson } from "#lib/people/deactivate.ts";
import { makeActor, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { type Answer, callApi } from "./api.fixture.ts";
import type { ApiRoute } from "./route.ts";
import { apiRoutes } from "./routes.ts";

useTestConfig(matrixConfig);
useTestDatabase();

/** The row of the matrix that a call is held against, where its name is not that of the verb. */
const rowOf = (route: ApiRoute): string =>
  ({ getRequestOutputs: "getOutputs", getMe: "describeMe" })[route.name] ?? route.name;

/** The scope each call needs, written by hand: what reads, what asks, what decides. */
const scopes: Record<string, TokenScope> = {
  ...{ previewRequest: "read", listRequests: "read", getRequest: "read", getRequestOutputs: "read" },
  ...{ listTables: "read", getTable: "read", listSnippetFormats: "read", getTableSnippet: "read" },
  ...{ makeSnippets: "read", importTerraform: "read", listProjects: "read", listEnvironments: "read" },
  ...{ getMe: "read", listAudit: "read" },
  ...{ submitRequest: "request", cancelRequest: "request", retryRequest: "request" },
  ...{ resubmitRequest: "request", commentOnRequest: "request" },
  ...{ approveRequest: "approve", rejectRequest: "approve", sendBackRequest: "approve" },
};

let scene: Scene;
const tokens = {} as Record<PersonKind, Record<TokenScope | "all", string>>;
const dead: Record<string, string | null> = { none: null, unknown: `twt_${"x".repeat(43)}` };

beforeAll(async () => {
  scene = await makeScene();
  for (const kind of personKinds) {
    const person = scene.actors[kind] as UserActor;
    const [read, request, approve] = await Promise.all(
      tokenScopes.map((scope) => makeToken(person, [scope])),
    );
    tokens[kind] = { read: read!, request: request!, approve: approve!, all: await makeToken(person) };
  }
  await makeDeadTokens();
  // A token's use is marked once a minute; none is due here, so that what a call changes is the verb's doing.
  await db().apiToken.updateMany({ data: { lastUsedAt: new Date(Date.now() + 3_600_000) } });
});

async function makeDeadTokens(): Promise<void> {
  const [gone, other] = [await makeActor("admins"), await makeActor("admins")];
  dead["of somebody deactivated"] = await makeToken(gone);
  await deactivatePerson(scene.actors.admin, { id: gone.id });
  // Not even where a token of theirs came to be left.
  await db().apiToken.updateMany({ where: { userId: gone.id }, data: { revokedAt: null } });
  dead.revoked = await makeToken(other);
  await db().apiToken.updateMany({ where: { userId: other.id }, data: { revokedAt: new Date() } });
  dead.expired = await makeToken(other);
  await db().apiToken.updateMany({
    where: { userId: other.id, revokedAt: null },
    data: { expiresAt: new Date(0) },
  });
}

test("every call of the API has its row in the matrix and its scope", () => {
  expect(Object.keys(scopes).toSorted()).toEqual(apiRoutes.map(({ name }) => name).toSorted());
  expect(apiRoutes.map(rowOf).filter((row) => !decisions[row])).toEqual([]);
  expect(Object.fromEntries(apiRoutes.map(({ name, scope }) => [name, scope]))).toEqual(scopes);
});

describe.each(apiRoutes.map((route) => [route.name, route] as const))("%s", (name, route) => {
  test("answers each kind of person as the verb does", async () => {
    const found: Record<string, string> = {};
    for (const kind of personKinds) found[kind] = await decide(route, kind, tokens[kind].all);
    const { "own-token": _own, "admin-token": _admin, system: _system, ...wanted } = decisions[rowOf(route)]!;
    expect(found).toEqual(wanted);
  });

  test("needs its scope, and no other stands in for it", async () => {
    const kind = personKinds.find((one) => decisions[rowOf(route)]![one] === "yes")!;
    for (const scope of tokenScopes) {
      const wanted = scope === scopes[name] ? "yes" : "403";
      expect(await decide(route, kind, tokens[kind][scope]), scope).toBe(wanted);
    }
  });

  test("knows nobody without a token that works", async () => {
    for (const [what, token] of Object.entries(dead)) {
      expect(await decide(route, "admin", token), what).toBe("401");
    }
  });
});

/** What a call came to: `yes`, `no` (an answer without the object), or the status of a refusal, which changed nothing. */
async function decide(route: ApiRoute, kind: PersonKind, token: string | null): Promise<string> {
  const row = cases[rowOf(route)]!;
  const { path, body } = addressed(route, await row.asked(scene, scene.actors[kind]));
  const before = await readDatabase();
  const answer = await callApi(path, { token, body });
  if (answer.status >= 400) {
    expect(await readDatabase()).toEqual(before);
    return refusal(answer);
  }
  expect(answer.status).toBe(route.status);
  if (scopes[route.name] !== "read") expect((await readDatabase()).audit).not.toBe(before.audit);
  else expect(await readDatabase()).toEqual(before);
  return !row.shows || JSON.stringify(answer.body).includes(row.shows(scene)) ? "yes" : "no";
}

function refusal({ status, body }: Answer): string {
  const codes: Record<number, string> = { 401: "UNAUTHENTICATED", 403: "FORBIDDEN", 404: "NOT_FOUND" };
  expect(body).toMatchObject({ status, code: codes[status], detail: expect.stringMatching(/\w{3}/) });
  return String(status);
}

/** A verb's input as the call takes it: what the address has in braces, then the query or the body. */
function addressed(route: ApiRoute, input: Record<string, unknown>): { path: string; body?: unknown } {
  const { body = input, options: _options, ...rest } = input;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => String(input[name]));
  const inAddress = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const left = (of: object) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !inAddress.includes(name)));
  if (route.method === "POST") return { path, body: left(body as object) };
  const query = new URLSearchParams(left(rest) as Record<string, string>);
  return { path: query.size > 0 ? `${path}?${query}` : path };
}

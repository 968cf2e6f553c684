import { beforeAll, expect, test } from "vitest";
import { makePerson, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { callApi } from "./api.fixture.ts";
import { handleApi } from "./handle.ts";
import { apiRoutes } from "./routes.ts";

useTestConfig();
useTestDatabase();

let token: string;
beforeAll(async () => {
  token = await makeToken(await makePerson({ groups: ["platform"] }));
});

test("no cache keeps an answer of the API, a refusal as little as a list; only its document is public", async () => {
  const lists = apiRoutes.filter(({ method, path }) => method === "GET" && !path.includes("{"));
  expect(lists.length).toBeGreaterThan(4);
  const answers = [
    ...(await Promise.all(lists.map(({ path }) => callApi(path, { token })))),
    await callApi("/me"),
    await callApi("/nothing", { token }),
    await callApi("/me", { token, method: "DELETE" }),
    await callApi("/requests", { token, raw: "{" }),
    await callApi("/requests", { token, body: {} }),
  ];
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401, 404, 405, 400, 422]));
  expect(new Set(answers.map(({ headers }) => headers.get("cache-control")))).toEqual(new Set(["no-store"]));
  const document = await handleApi(new Request("http://127.0.0.1:3000/api/v1/openapi.json"));
  expect(document.headers.get("cache-control")).toBe("public, max-age=300");
});

test("no address of the API has a place for a secret", () => {
  const places = apiRoutes.flatMap(({ path, query }) => [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
    ...Object.keys(query.shape),
  ]);
  expect(places).toEqual(expect.arrayContaining(["id", "format", "limit"]));
  expect(places.filter((name) => /token|secret|password|authorization|session|code/.test(name))).toEqual([]);
});

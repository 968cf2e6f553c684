import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { expectDocumented } from "./conformance.fixture.ts";
import { openApiDocument } from "./openapi.ts";
import { apiRoutes } from "./routes.ts";

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

test("the document is valid OpenAPI 3.1, by a validator of others", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(document)));
  expect(errors ?? []).toEqual([]);
  expect([valid, validator.version]).toEqual([true, "3.1"]);
});

test("the document describes every call there is, and no other", () => {
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  expect(described.toSorted()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).toSorted());
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
});

test("every call names its scope, a sentence, what it answers and its refusals", () => {
  for (const { path, operation } of operations) {
    expect(operation.summary, path).not.toBe("");
    expect(["read", "request", "approve"], path).toContain(operation.security[0]!.token[0]);
    for (const status of ["401", "403", "422", "429", "503"])
      expect(Object.keys(operation.responses), path).toContain(status);
  }
});

test("every reference leads somewhere, and nothing is defined that nobody refers to", () => {
  const text = JSON.stringify(document);
  const references = new Set(
    [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(([, kind, name]) => `${kind}/${name}`),
  );
  const defined = Object.entries(document.components)
    .filter(([kind]) => kind !== "securitySchemes")
    .flatMap(([kind, named]) => Object.keys(named).map((name) => `${kind}/${name}`));
  expect(defined.toSorted()).toEqual([...references].toSorted());
});

test("what may be left out says what it is then", () => {
  const properties = document.components.schemas.TableSpecInput!.properties as Record<
    string,
    { default?: unknown }
  >;
  expect(properties.billing_mode!.default).toBe("PAY_PER_REQUEST");
  expect(properties.point_in_time_recovery_days!.default).toBe(35);
  expect(properties.tags!.default).toEqual({});
  expect(properties.kms_key_id).not.toHaveProperty("default");
});

test("every parameter in braces is described", () => {
  for (const { path, operation } of operations) {
    const described = (operation.parameters ?? []).flatMap((one) =>
      "in" in one && one.in === "path" ? [`{${one.name}}`] : [],
    );
    expect(described, path).toEqual(path.match(/\{\w+\}/g) ?? []);
  }
});

test("an answer with a key, a status or a type that the document does not have is found out", () => {
  const me = { email: "dana@example.com", name: "Dana", groups: [], projects: ["shop"], scopes: ["read"] };
  const headers = new Headers({
    ...{
      "content-type": "application/json",
      "ratelimit-policy": '"token";q=1;w=60',
      ratelimit: '"token";r=1;t=1',
    },
  });
  const check = (answer: object) => () =>
    expectDocumented({ method: "GET", path: "/me" }, { status: 200, headers, body: me, ...answer });
  expect(check({})).not.toThrow();
  expect(check({ body: { ...me, password: "x" } })).toThrow(/not as documented/);
  expect(check({ body: { ...me, scopes: ["admin"] } })).toThrow(/not as documented/);
  expect(check({ status: 204 })).toThrow(/which the document does not have/);
  headers.delete("ratelimit");
  expect(check({})).toThrow(/RateLimit/);
});

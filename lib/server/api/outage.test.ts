import { afterAll, expect, test } from "vitest";
import { closeDb } from "#lib/infra/db.ts";
import { freePort } from "#lib/infra/free-port.ts";
import { newToken } from "#lib/people/token.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { callApi } from "./api.fixture.ts";

useTestConfig();
afterAll(closeDb);

test("while the database is away a call is told to come back, before anybody knows whose token it is", async () => {
  process.env.DATABASE_URL = `postgresql://nobody@127.0.0.1:${await freePort()}/nothing`;
  const { status, headers, body } = await callApi("/me", { token: newToken() });
  expect([status, body.code]).toEqual([503, "UNAVAILABLE"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});

import { expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { makePerson } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { createToken } from "./create-token.ts";
import { demoPeople, seedDemoPeople } from "./demo-people.ts";
import { actorOfToken } from "./queries.ts";

useTestConfig();
useTestDatabase();

const system = { kind: "system", job: "command line" } as const;

test("a token is made for a person who is known, whatever the case of the e-mail, with the scopes asked for", async () => {
  const person = await makePerson({ email: "Kim@example.com", groups: ["platform"] });
  const token = await createToken(system, { email: "kim@EXAMPLE.com", scopes: ["read", "read"] });
  const actor = await actorOfToken(token);
  expect(actor).toMatchObject({ id: person.id, platform: true, scopes: ["read"] });
  const row = await db().apiToken.findFirstOrThrow({ where: { userId: person.id } });
  const days = (row.expiresAt.getTime() - row.createdAt.getTime()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
  const line = await db().auditEvent.findFirstOrThrow({ where: { event: "token.create" } });
  expect(line).toMatchObject({ subjectId: row.id, requestId: null, data: { scopes: ["read"] } });
  expect(JSON.stringify(line, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(
    token,
  );
});

test("a token for nobody, without a scope, or for ever is refused", async () => {
  const { email } = await makePerson();
  await expect(createToken(system, { email: "nobody@example.com" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  for (const input of [
    { email, scopes: [] },
    { email, scopes: ["admin"] },
    { email, expires_days: 0 },
    { email, expires_days: 1.5 },
    { email: "nobody" },
  ])
    await expect(createToken(system, input)).rejects.toMatchObject({ code: "INVALID" });
});

test("the people of the demo are made once and get back the groups they are known for", async () => {
  await seedDemoPeople();
  await db().user.update({ where: { email: "dana@example.com" }, data: { groups: ["platform"] } });
  await seedDemoPeople();
  const rows = await db().user.findMany({
    where: { id: { startsWith: "demo-" } },
    orderBy: { email: "asc" },
  });
  expect(rows.map(({ email, groups }) => [email, groups])).toEqual(
    demoPeople.map(({ email, groups }) => [email, [...groups]]).toSorted(),
  );
});

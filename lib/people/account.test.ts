import { expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { makeActor, makePerson, makeToken } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { getAccount, listPeople } from "./account-queries.ts";
import { createOwnToken } from "./create-token.ts";
import { deactivatePerson } from "./deactivate.ts";
import { endSessions } from "./end-sessions.ts";
import { actorOfToken } from "./queries.ts";
import { reactivatePerson } from "./reactivate.ts";
import { revokeSession } from "./revoke-session.ts";
import { revokeToken } from "./revoke-token.ts";
import { findSession, startSession } from "./session-store.ts";
import { signOut } from "./sign-out.ts";

useTestConfig("auditor_group: auditors");
useTestDatabase();

const arrival = {
  method: "oidc",
  idToken: "id-token",
  address: null,
  userAgent: null,
  former: null,
} as const;

/** Signs a person in; answers the secret and the session's id. */
async function enter({ id }: { id: string }) {
  const secret = await db().$transaction((tx) => startSession(tx, id, arrival));
  return { secret, id: (await findSession(secret))!.id };
}
const tokenOf = async (actor: UserActor) => {
  const token = await createOwnToken(actor, { name: "ci", scopes: ["read"], expires_days: 30 });
  const row = await db().apiToken.findFirstOrThrow({ where: { userId: actor.id }, orderBy: { id: "desc" } });
  return { token, id: row.id };
};
const lastLine = () => db().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });

test("a person makes a token of their own, sees what it may and when it was used, and revokes it", async () => {
  const dana = await makeActor("shop-devs");
  const { token, id } = await tokenOf(dana);
  expect(await actorOfToken(token)).toMatchObject({ id: dana.id, scopes: ["read"] });
  const { tokens } = await getAccount(dana, { id: dana.id, session: null });
  expect(tokens).toEqual([
    expect.objectContaining({ id, name: "ci", scopes: ["read"], prefix: token.slice(0, 10) }),
  ]);
  expect(tokens[0]!.last_used_at).not.toBeNull();
  expect(JSON.stringify(tokens)).not.toContain(token);
  await revokeToken(dana, { id });
  await revokeToken(dana, { id });
  await expect(actorOfToken(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await lastLine()).toMatchObject({ event: "token.revoke", actorId: dana.id, subjectId: id });
  expect((await getAccount(dana, { id: dana.id, session: null })).tokens).toEqual([]);
});

test("a token needs a name, a scope and an end; what else is sent is refused", async () => {
  const dana = await makeActor();
  const sound = { name: "ci", scopes: ["read"], expires_days: 30 };
  for (const change of [
    { name: " " },
    { name: "a\nb" },
    { scopes: [] },
    { scopes: ["admin"] },
    { expires_days: 0 },
    { expires_days: 366 },
    { expires_days: 1.5 },
    { email: "pat@example.com" },
    { userId: "somebody" },
  ])
    await expect(createOwnToken(dana, { ...sound, ...change })).rejects.toMatchObject({ code: "INVALID" });
});

test("a person has at most 50 tokens that work", async () => {
  const dana = await makeActor();
  await db().apiToken.createMany({
    data: Array.from({ length: 50 }, (_, n) => ({
      userId: dana.id,
      prefix: "twt_x",
      hash: `${dana.id}-${n}`,
      scopes: ["read"],
      expiresAt: new Date(Date.now() + 60_000),
    })),
  });
  await expect(tokenOf(dana)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a token cannot make tokens, nor end tokens and sessions: a stolen one must not dig itself in", async () => {
  const pat = await makeActor("platform");
  const viaToken = await actorOfToken(await makeToken(pat));
  const { id } = await tokenOf(pat);
  const session = await enter(pat);
  for (const act of [
    () => createOwnToken(viaToken, { name: "ci", scopes: ["read"], expires_days: 30 }),
    () => revokeToken(viaToken, { id }),
    () => revokeSession(viaToken, { id: session.id }),
    () => endSessions(viaToken, { id: pat.id, keep: null }),
    async () => deactivatePerson(viaToken, { id: (await makePerson()).id }),
  ])
    await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a person ends one session, or all but this one, and the others are over at once", async () => {
  const dana = await makeActor();
  const [here, there, elsewhere] = [await enter(dana), await enter(dana), await enter(dana)];
  const { sessions } = await getAccount(dana, { id: dana.id, session: here.id });
  expect(sessions.map(({ id, current }) => [id, current]).toSorted()).toEqual(
    [here, there, elsewhere].map(({ id }) => [id, id === here.id]).toSorted(),
  );
  await revokeSession(dana, { id: there.id });
  expect(await findSession(there.secret)).toBeNull();
  expect(await endSessions(dana, { id: dana.id, keep: here.id })).toBe(1);
  expect(await findSession(elsewhere.secret)).toBeNull();
  expect(await findSession(here.secret)).not.toBeNull();
  expect(await signOut(dana, { session: here.id })).toBe("id-token");
  expect(await findSession(here.secret)).toBeNull();
  await expect(signOut(dana, { session: here.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("what is somebody else's is not there: no id tells that it exists", async () => {
  const dana = await makeActor("shop-devs");
  const noor = await makeActor("billing-devs", "security");
  const token = await tokenOf(dana);
  const session = await enter(dana);
  const absent = "00000000-0000-4000-8000-000000000000";
  const told = (act: () => Promise<unknown>) => act().then(String, (e) => `${e.code} ${e.message}`);
  for (const [theirs, nobodys] of [
    [() => revokeToken(noor, { id: token.id }), () => revokeToken(noor, { id: absent })],
    [() => revokeSession(noor, { id: session.id }), () => revokeSession(noor, { id: absent })],
    [
      () => endSessions(noor, { id: dana.id, keep: null }),
      () => endSessions(noor, { id: absent, keep: null }),
    ],
    [() => deactivatePerson(noor, { id: dana.id }), () => deactivatePerson(noor, { id: absent })],
    [() => deactivatePerson(noor, { email: dana.email }), () => deactivatePerson(noor, { id: absent })],
    [() => reactivatePerson(noor, { id: dana.id }), () => reactivatePerson(noor, { id: absent })],
    [
      () => getAccount(noor, { id: dana.id, session: null }),
      () => getAccount(noor, { id: absent, session: null }),
    ],
  ] as const) {
    expect(await told(theirs)).toMatch(/^NOT_FOUND /);
    expect(await told(theirs)).toBe(await told(nobodys));
  }
  await expect(listPeople(noor, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await findSession(session.secret)).not.toBeNull();
  expect(await actorOfToken(token.token)).toMatchObject({ id: dana.id });
});

test("the platform group sees people with what they hold, ends it, and deactivates others but not themselves", async () => {
  const pat = await makeActor("platform");
  const kim = await makeActor("kim-only");
  const [session, token] = [await enter(kim), await tokenOf(kim)];
  const { items } = await listPeople(pat, { q: "kim-only" });
  expect(items).toEqual([
    expect.objectContaining({ id: kim.id, sessions: 1, tokens: 1, deactivated_at: null }),
  ]);
  await revokeToken(pat, { id: token.id });
  await revokeSession(pat, { id: session.id });
  expect((await listPeople(pat, { q: kim.email })).items[0]).toMatchObject({ sessions: 0, tokens: 0 });
  await deactivatePerson(pat, { id: kim.id });
  expect(await lastLine()).toMatchObject({ event: "person.deactivate", actorId: pat.id, subjectId: kim.id });
  await expect(deactivatePerson(pat, { id: pat.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("auditors see people and change nothing but what is their own", async () => {
  const auditor = await makeActor("auditors", "platform");
  const kim = await makeActor();
  const [session, token] = [await enter(kim), await tokenOf(kim)];
  expect((await getAccount(auditor, { id: kim.id, session: null })).tokens).toHaveLength(1);
  for (const act of [
    () => revokeToken(auditor, { id: token.id }),
    () => revokeSession(auditor, { id: session.id }),
    () => endSessions(auditor, { id: kim.id, keep: null }),
    () => deactivatePerson(auditor, { id: kim.id }),
    () => reactivatePerson(auditor, { id: kim.id }),
  ])
    await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN", message: "Auditors change nothing" });
  const own = await tokenOf(auditor);
  await revokeToken(auditor, { id: own.id });
});

test("people are listed by e-mail, page by page, each once", async () => {
  const pat = await makeActor("platform");
  await Promise.all(Array.from({ length: 7 }, () => makePerson({ name: "Paged 100%_" })));
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(pat, {
      limit: 3,
      q: "paged 100%_",
      ...(cursor && { cursor }),
    });
    seen.push(...page.items.map(({ email }) => email));
    cursor = page.next_cursor;
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

import { beforeEach, expect, test } from "vitest";
import { db } from "#lib/infra/db.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { createToken } from "./create-token.ts";
import { deactivatePerson } from "./deactivate.ts";
import { seedDemoPeople } from "./demo-people.ts";
import { linkPerson } from "./link.ts";
import { actorOfToken } from "./queries.ts";
import { reactivatePerson } from "./reactivate.ts";
import {
  findSession,
  forgetEndedSessions,
  hashCookieSecret,
  keepAttempt,
  markSessionUse,
  takeAttempt,
} from "./session-store.ts";
import { signIn } from "./sign-in.ts";
import { signInDemo } from "./sign-in-demo.ts";

useTestConfig();
useTestDatabase();

const system = { kind: "system", job: "sign-in" } as const;
const arrival = { address: "192.0.2.1", userAgent: "Firefox/140", former: null as string | null };
const issuer = "https://login.example.com";

type Claimed = { email?: string; name?: string; groups?: string[]; groupsProblem?: string | null };
const enter = (subject: string, person: Claimed = {}, former: string | null = null, from = issuer) =>
  signIn(system, {
    issuer: from,
    subject,
    person: { email: `${subject}@example.com`, name: subject, groups: [], groupsProblem: null, ...person },
    idToken: "id-token",
    arrival: { ...arrival, former },
  });
const refusedAs = (id: string) => ({ code: "FORBIDDEN", errors: [{ id }] });
let made = 0;
let subject = "";
beforeEach(() => {
  made += 1;
  subject = `s${made}`;
});

test("a first sign-in makes the person, and the next one takes over e-mail, name and groups as they are then", async () => {
  const first = await findSession(await enter(subject, { groups: ["platform"] }));
  expect(first?.person).toMatchObject({ email: `${subject}@example.com`, groups: ["platform"] });
  const renamed = { email: `new-${subject}@example.com`, name: "New", groupsProblem: "no claim" };
  const second = await findSession(await enter(subject, renamed));
  expect(second?.person).toEqual({ id: first!.person.id, email: renamed.email, name: "New", groups: [] });
  const line = await db().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(line).toMatchObject({
    event: "person.sign-in",
    subjectId: first!.person.id,
    data: { method: "oidc", groups: [], problem: "no claim" },
  });
});

test("the same subject of another provider is another person, and cannot have the first one's e-mail", async () => {
  await enter(subject);
  const elsewhere = enter(subject, {}, null, "https://login.example.net");
  await expect(elsewhere).rejects.toMatchObject(refusedAs("email-taken"));
  const other = await enter(
    subject,
    { email: `else-${subject}@example.com` },
    null,
    "https://login.example.net",
  );
  expect((await findSession(other))?.person.email).toBe(`else-${subject}@example.com`);
});

test("an e-mail that is somebody's here is not taken over, whatever its case, at the first sign-in or later", async () => {
  await enter(subject);
  const email = `${subject.toUpperCase()}@example.com`;
  await expect(enter(`${subject}-b`, { email })).rejects.toMatchObject(refusedAs("email-taken"));
  expect(await db().identity.count({ where: { subject: `${subject}-b` } })).toBe(0);
  await enter(`${subject}-c`);
  await expect(enter(`${subject}-c`, { email })).rejects.toMatchObject(refusedAs("email-taken"));
  // "_" stands for itself, not for any letter.
  await enter(`${subject}-d`, { email: `${subject[0]}_@example.com` });
});

test("a person of the demo, or one without an identity, is not taken over by e-mail either", async () => {
  await seedDemoPeople();
  await expect(enter(subject, { email: "pat@example.com" })).rejects.toMatchObject(refusedAs("email-taken"));
});

test("whoever runs the installation can say that a subject is a person known here; nobody else's identity moves", async () => {
  const person = (await findSession(await enter(subject)))!.person;
  const moved = { email: person.email.toUpperCase(), issuer, subject: `${subject}-moved` };
  await linkPerson(system, moved);
  await linkPerson(system, moved);
  const again = await enter(`${subject}-moved`, { email: person.email });
  expect((await findSession(again))?.person.id).toBe(person.id);
  await enter(`${subject}-other`);
  const stolen = linkPerson(system, { email: `${subject}-other@example.com`, issuer, subject });
  await expect(stolen).rejects.toMatchObject({ code: "CONFLICT" });
});

test("twenty first sign-ins of one subject at once make one person", async () => {
  const secrets = await Promise.all(Array.from({ length: 20 }, () => enter(subject)));
  expect(new Set(secrets).size).toBe(20);
  expect(await db().user.count({ where: { email: `${subject}@example.com` } })).toBe(1);
});

test("every sign-in has a new secret, and the session that the browser came with is over", async () => {
  const planted = await enter(`${subject}-attacker`);
  const secret = await enter(subject, {}, planted);
  expect(secret).not.toBe(planted);
  expect(await findSession(planted)).toBeNull();
  expect((await findSession(secret))?.person.email).toBe(`${subject}@example.com`);
});

test("the database holds no secret that a browser or a program could use", async () => {
  const secret = await enter(subject);
  const attempt = await keepAttempt({ state: "s", nonce: "n", codeVerifier: "v", next: "/" }, "192.0.2.9");
  const token = await createToken(system, { email: `${subject}@example.com` });
  const rows = JSON.stringify([
    await db().session.findMany(),
    await db().signInAttempt.findMany(),
    await db().apiToken.findMany(),
  ]);
  for (const text of [secret, attempt, token]) expect(rows).not.toContain(text);
});

test.each<[string, object]>([
  ["two hours without use", { seenAt: new Date(Date.now() - 2 * 3_600_000 - 1000) }],
  ["twelve hours, whatever its use", { createdAt: new Date(Date.now() - 12 * 3_600_000 - 1000) }],
])("a session ends after %s", async (_, data) => {
  const secret = await enter(subject);
  await db().session.update({ where: { hash: hashCookieSecret(secret) }, data });
  expect(await findSession(secret)).toBeNull();
  await forgetEndedSessions();
  expect(await db().session.count({ where: { hash: hashCookieSecret(secret) } })).toBe(0);
});

test("use keeps a session alive, and does not write more than once a minute", async () => {
  const secret = await enter(subject);
  const where = { hash: hashCookieSecret(secret) };
  const { id, seenAt } = await db().session.findUniqueOrThrow({ where });
  await markSessionUse(id);
  expect((await db().session.findUniqueOrThrow({ where })).seenAt).toEqual(seenAt);
  const before = new Date(Date.now() - 3_600_000);
  await db().session.update({ where, data: { seenAt: before } });
  await markSessionUse(id);
  expect((await db().session.findUniqueOrThrow({ where })).seenAt.getTime()).toBeGreaterThan(
    before.getTime(),
  );
});

test("a browser that was sent to the provider comes back once, and within ten minutes", async () => {
  const attempt = { state: "s", nonce: "n", codeVerifier: "v", next: "/tables" };
  const secret = await keepAttempt(attempt, "192.0.2.1");
  const taken = await Promise.all(Array.from({ length: 10 }, () => takeAttempt(secret)));
  expect(taken.filter((one) => one !== null)).toEqual([attempt]);
  const late = await keepAttempt(attempt, "192.0.2.1");
  await db().signInAttempt.update({
    where: { hash: hashCookieSecret(late) },
    data: { createdAt: new Date(Date.now() - 600_001) },
  });
  expect(await takeAttempt(late)).toBeNull();
  expect(await takeAttempt("no such secret")).toBeNull();
});

test("a deactivated person loses sessions, tokens and sign-in at once; reactivation gives back only the sign-in", async () => {
  const secret = await enter(subject);
  const email = `${subject}@example.com`;
  const token = await createToken(system, { email });
  await deactivatePerson(system, { email });
  expect(await findSession(secret)).toBeNull();
  await expect(actorOfToken(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  await expect(enter(subject)).rejects.toMatchObject(refusedAs("deactivated"));
  await expect(createToken(system, { email })).rejects.toMatchObject({ code: "CONFLICT" });
  await deactivatePerson(system, { email });

  await reactivatePerson(system, { email });
  expect(await findSession(secret)).toBeNull();
  await expect(actorOfToken(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await findSession(await enter(subject))).not.toBeNull();
});

test("what a demo left behind opens nothing once the installation is none any more: no session, no token", async () => {
  process.env.TABLEWRIGHT_DEMO = "1";
  try {
    await seedDemoPeople();
    const secret = await signInDemo(system, { email: "priya@example.com", arrival });
    const token = await createToken(system, { email: "priya@example.com" });
    expect(await findSession(secret)).not.toBeNull();
    expect((await actorOfToken(token)).platform).toBe(true);
    process.env.TABLEWRIGHT_DEMO = "0";
    expect(await findSession(secret)).toBeNull();
    await expect(actorOfToken(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await linkPerson(system, {
      email: "priya@example.com",
      issuer: "https://login.example.com",
      subject: "s-priya",
    });
    expect((await actorOfToken(token)).email, "linked, so it is a real person's").toBe("priya@example.com");
  } finally {
    delete process.env.TABLEWRIGHT_DEMO;
  }
});

test("a sign-in that races a deactivation never leaves a session behind", async () => {
  await enter(subject);
  const email = `${subject}@example.com`;
  for (let round = 0; round < 10; round += 1) {
    const [entered] = await Promise.allSettled([enter(subject), deactivatePerson(system, { email })]);
    expect(await db().session.count({ where: { user: { email } } })).toBe(0);
    if (entered.status === "fulfilled") expect(await findSession(entered.value)).toBeNull();
    await reactivatePerson(system, { email });
  }
});

test("outside demo mode the one-click sign-in knows nobody, also where the demo's people are in the database", async () => {
  await seedDemoPeople();
  const click = () => signInDemo(system, { email: "pat@example.com", arrival });
  process.env.TABLEWRIGHT_DEMO = "0";
  await expect(click()).rejects.toMatchObject({ code: "NOT_FOUND" });
  process.env.TABLEWRIGHT_DEMO = "1";
  const secret = await click();
  expect((await findSession(secret))?.person.email).toBe("pat@example.com");
  const stranger = signInDemo(system, { email: `${subject}@example.com`, arrival });
  await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
  await deactivatePerson(system, { email: "pat@example.com" });
  await expect(click()).rejects.toMatchObject(refusedAs("deactivated"));
});

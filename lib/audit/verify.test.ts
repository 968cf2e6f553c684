import { execFile } from "node:child_process";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { writeAudit } from "#lib/core/audit.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { query, useTestDatabase } from "#prisma/test-database.ts";
import { noteAuditHead } from "./seal.job.ts";
import { anchorText, type Link } from "./seal.ts";
import { auditHead, sealAudit } from "./seal-store.ts";
import { verifyAudit } from "./verify.ts";

useTestConfig();
useTestDatabase();

const system = { kind: "system", job: "test" } as const;
const requestId = "11111111-1111-4111-8111-111111111111";
const note = (id = requestId) =>
  db().$transaction((tx) =>
    writeAudit(tx, system, {
      event: "request.expire",
      data: { afterDays: 7 },
      subject: { id },
      comment: "Old",
    }),
  );
const eventIds = async () =>
  (await db().auditEvent.findMany({ select: { id: true }, orderBy: { id: "asc" } })).map(({ id }) => id);

let whole: Link;
beforeAll(async () => {
  for (let count = 0; count < 12; count++) await note();
  await sealAudit();
  const { seq, hash } = await auditHead();
  whole = { seq, hash };
});

/**
 * What the verdict is once the database's owner, with the triggers switched off, has run `sql`; the database is then
 * as it was.
 */
async function problemAfter(sql: string, options: Parameters<typeof verifyAudit>[0] = {}) {
  await query(env.databaseUrl, "create table kept_event as table audit_event");
  await query(env.databaseUrl, "create table kept_seal as table audit_seal");
  const asOwner = (text: string) => query(env.databaseUrl, `set session_replication_role = replica; ${text}`);
  try {
    await asOwner(sql);
    return (await verifyAudit(options)).problem;
  } finally {
    await asOwner(`
      delete from audit_event; insert into audit_event select * from kept_event; drop table kept_event;
      delete from audit_seal; insert into audit_seal select * from kept_seal; drop table kept_seal`);
  }
}

test("a chain that nobody touched is whole, from its beginning or from any place of it", async () => {
  expect(await verifyAudit()).toEqual({ events: 12, head: whole, problem: null });
  const [, second] = await db().auditSeal.findMany({ orderBy: { seq: "asc" }, take: 2 });
  const kept = { seq: second!.seq, hash: second!.hash };
  expect(await verifyAudit({ from: kept, expect: whole })).toEqual({
    events: 10,
    head: whole,
    problem: null,
  });
});

test("a change of any column of any event is found, and the event named", async () => {
  const columns = (await query(
    env.databaseUrl,
    "select column_name as name, data_type as type from information_schema.columns where table_name = 'audit_event'",
  )) as { name: string; type: string }[];
  expect(columns).toHaveLength(12);
  const ids = await eventIds();
  const changed: Record<string, string> = {
    "timestamp with time zone": "at - interval '1 millisecond'",
    uuid: "null",
    integer: "0",
    jsonb: `'{"afterDays": 8}'`,
    bigint: "1000000",
  };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ids), async (id) => {
      for (const { name, type } of columns) {
        const sql = `update audit_event set "${name}" = ${changed[type] ?? `"${name}" || ' '`} where id = ${id}`;
        expect(await problemAfter(sql), name).toMatch(new RegExp(`^Event ${id} is `));
      }
    }),
    { numRuns: 2 },
  );
});

test("an empty text in the place of none is a change", async () => {
  const [id] = await eventIds();
  const sql = `update audit_event set "requestId" = null, comment = '' where id = ${id}`;
  expect(await problemAfter(sql)).toContain(`Event ${id} is not what was sealed`);
});

test("a deleted event is found wherever it was, and so is a deleted seal", async () => {
  for (const id of [whole.seq, 1n, 6n]) {
    const event = (await eventIds())[Number(id) - 1]!;
    expect(await problemAfter(`delete from audit_event where id = ${event}`)).toContain(
      `Event ${event} is missing`,
    );
  }
  expect(await problemAfter("delete from audit_seal where seq = 6")).toContain("Seal 6 is missing");
});

test("events that changed places are found", async () => {
  const [, , third, fourth] = await eventIds();
  const sql = `
    update audit_event set "subjectId" = 'other' where id = ${third};
    update audit_seal set seq = -seq where seq in (3, 4); update audit_seal set seq = 7 + seq where seq < 0`;
  expect(await problemAfter(sql)).toContain(`Event ${fourth} is not what was sealed`);
  const ids = `
    update audit_event set id = -id where id in (${third}, ${fourth});
    update audit_event set id = ${third! + fourth!} + id where id < 0`;
  expect(await problemAfter(ids)).toContain(`Event ${third} is not what was sealed`);
});

test("an end that was cut off with its seals is found by whoever kept the head, and by nobody else", async () => {
  const last = (await eventIds()).at(-1);
  const sql = `delete from audit_event where id = ${last}; delete from audit_seal where seq = ${whole.seq}`;
  expect(await problemAfter(sql)).toBeNull();
  expect(await problemAfter(sql, { expect: whole })).toContain("its end was deleted");
});

test("a chain that was made anew over changed events is found by whoever kept a place of it", async () => {
  const forged = `
    update audit_seal set hash = repeat('f', 64) where seq = ${whole.seq}`;
  expect(await problemAfter(forged)).toContain(`its seal ${whole.seq} was changed`);
  expect(await problemAfter(forged, { from: whole })).toContain("the chain was changed before it");
});

test("an event that was put in with an earlier date is found, whether it was sealed or not", async () => {
  const backdated = `
    insert into audit_event (id, at, "actorKind", "actorId", "actorName", event, "subjectType", "subjectId", data)
    values (900, now() - interval '1 hour', 'user', 'x', 'X', 'request.approve', 'request', 'x', '{}')`;
  expect(await problemAfter(backdated)).toContain("have no seal, the first of them event 900");
  await query(env.databaseUrl, backdated);
  await sealAudit();
  expect((await verifyAudit()).problem).toContain("Event 900 says");
  expect((await verifyAudit()).problem).toContain("it was put in later");
  // Once looked into, the chain is verified from behind that place on.
  expect(await verifyAudit({ from: await auditHead() })).toMatchObject({ events: 0, problem: null });
});

test("of sealers at work at once none seals an event twice or leaves one out, and a roll-back leaves no gap", async () => {
  const before = await auditHead();
  await Promise.all(Array.from({ length: 6 }, () => note()));
  await db()
    .$transaction(async (tx) => {
      await writeAudit(tx, system, {
        event: "request.expire",
        data: { afterDays: 1 },
        subject: { id: requestId },
      });
      throw new Error("rolled back");
    })
    .catch(() => {});
  await note();
  await Promise.all([sealAudit(), sealAudit(), sealAudit()]);
  await sealAudit();
  expect(await verifyAudit({ from: before })).toMatchObject({ events: 7, problem: null });
});

test("an event that was committed after many later ones is sealed all the same", async () => {
  const before = await auditHead();
  // The numbers from here on are taken; this one's transaction is the last to end.
  await query(env.databaseUrl, "select setval(pg_get_serial_sequence('audit_event', 'id'), 30000)");
  await note();
  await sealAudit();
  const late = `
    insert into audit_event (id, "actorKind", "actorId", "actorName", event, "subjectType", "subjectId", data)
    values (950, 'user', 'x', 'X', 'request.approve', 'request', 'x', '{}')`;
  await query(env.databaseUrl, late);
  await sealAudit();
  expect((await verifyAudit({ from: before })).events).toBe(1);
  await noteAuditHead();
  expect(await verifyAudit({ from: before })).toMatchObject({ events: 2, problem: null });
});

test("audit verify says what it found, by its words and its exit code", async () => {
  const verify = (...args: string[]) =>
    new Promise<[code: number, out: string, err: string]>((resolve) => {
      execFile(process.execPath, ["scripts/tablewright.ts", "audit", "verify", ...args], (error, out, err) =>
        resolve([error ? Number(error.code) : 0, out, err]),
      );
    });
  const head = anchorText(await auditHead());
  expect(await verify("--from", head)).toEqual([0, `0 events, unbroken, head ${head}\n`, ""]);
  expect(await verify()).toEqual([1, "", expect.stringContaining("Event 900 says")]);
  expect((await verify("--expect", "7"))[0]).toBe(2);
});

import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { db, type Tx } from "#lib/infra/db.ts";
import { makeActor } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import type { Actor, UserActor } from "./actor.ts";
import { command } from "./command.ts";
import { allow, deny } from "./decision.ts";
import { AppError } from "./errors.ts";
import { query } from "./query.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let order: string[];
beforeAll(async () => {
  dana = await makeActor();
});
beforeEach(() => {
  order = [];
});

const made = (tx: Tx, name: string) => tx.worker.create({ data: { id: name } });
const exists = async (name: string) => (await db().worker.count({ where: { id: name } })) === 1;
const linesOf = (id: string) =>
  db().auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });

/** A verb that makes a row; its steps take note of their order. */
function makeRow(how: { fail?: "load" | "authorize" | "run" | "audit" } = {}) {
  return command({
    name: "request.comment",
    input: z.strictObject({ id: z.guid() }),
    load: async (_tx, _input, _actor: Actor) => {
      order.push("load");
      if (how.fail === "load") throw new AppError("NOT_FOUND", "Not there");
      return { name: "row" };
    },
    authorize: () => {
      order.push("authorize");
      return how.fail === "authorize" ? deny("Not you") : allow;
    },
    run: async ({ tx, input }) => {
      order.push("run");
      await made(tx, input.id);
      if (how.fail === "run") throw new AppError("CONFLICT", "A rival was first");
      const id = how.fail === "audit" ? "no uuid" : input.id;
      return {
        result: "done",
        audit: {},
        subject: { id, version: 3 },
        comment: "Hello",
        also: [{ event: "request.start", data: {}, subject: { id } }],
      };
    },
    auditRefusal: (error, input, subject) =>
      error.code === "CONFLICT" && subject
        ? { event: "table.fail", data: { name: "t", problem: error.message }, subject: { id: input.id } }
        : null,
  });
}

describe("a command", () => {
  test("loads, authorizes, changes and audits in this order, in one transaction", async () => {
    const id = crypto.randomUUID();
    expect(await makeRow()(dana, { id })).toBe("done");
    expect(order).toEqual(["load", "authorize", "run"]);
    expect(await exists(id)).toBe(true);
    expect(await linesOf(id)).toMatchObject([
      {
        event: "request.comment",
        actorKind: "user",
        actorId: dana.id,
        actorName: dana.name,
        version: 3,
        comment: "Hello",
        requestId: id,
      },
      { event: "request.start", requestId: id },
    ]);
  });

  test("attributes what the system does to its job", async () => {
    const id = crypto.randomUUID();
    await makeRow()({ kind: "system", job: "sweep" }, { id });
    expect((await linesOf(id))[0]).toMatchObject({ actorKind: "system", actorId: "sweep" });
  });

  test("that refuses its input never opens a transaction", async () => {
    for (const input of [{}, { id: "x" }, { id: crypto.randomUUID(), more: 1 }, null, "\0", { id: "\ud800" }])
      await expect(makeRow()(dana, input)).rejects.toMatchObject({ code: "INVALID" });
    expect(order).toEqual([]);
  });

  test("that is denied says the policy's reason, and nothing runs", async () => {
    const id = crypto.randomUUID();
    await expect(makeRow({ fail: "authorize" })(dana, { id })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "Not you",
    });
    expect(order).toEqual(["load", "authorize"]);
  });

  test("that fails leaves neither change nor line, but the one a refusal must leave", async () => {
    const id = crypto.randomUUID();
    await expect(makeRow({ fail: "run" })(dana, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await exists(id)).toBe(false);
    expect(await linesOf(id)).toMatchObject([{ event: "table.fail", actorId: dana.id }]);
  });

  test("whose line cannot be written does not happen", async () => {
    const id = crypto.randomUUID();
    await expect(makeRow({ fail: "audit" })(dana, { id })).rejects.toThrow();
    expect(await exists(id)).toBe(false);
  });

  test("that loses a race on one row is a CONFLICT, as is one that the database chose to end a deadlock", async () => {
    const ids = [crypto.randomUUID(), crypto.randomUUID()];
    await db().worker.createMany({ data: ids.map((id) => ({ id })) });
    let waiting = 0;
    let bothHold = () => {};
    const gate = new Promise<void>((open) => {
      bothHold = open;
    });
    const lock = (tx: Tx, id: string) => tx.$queryRaw`select id from worker where id = ${id} for update`;
    const verb = command({
      name: "draft.save",
      input: z.array(z.string()),
      load: async (tx, [first, second], _actor: Actor) => {
        await lock(tx, first!);
        if (++waiting === 2) bothHold();
        await gate;
        await lock(tx, second!);
      },
      authorize: () => allow,
      run: async () => ({ result: null, audit: null, subject: { id: "x" } }),
    });
    const outcomes = await Promise.allSettled([verb(dana, ids), verb(dana, ids.toReversed())]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "CONFLICT" });
  });
});

test("a private write leaves no line", async () => {
  const before = await db().auditEvent.count();
  const save = command({
    name: "draft.save",
    input: z.strictObject({}),
    load: async (_tx, _input, _actor: Actor) => null,
    authorize: () => allow,
    run: async () => ({ result: 1, audit: null, subject: { id: "x" } }),
  });
  expect(await save(dana, {})).toBe(1);
  expect(await db().auditEvent.count()).toBe(before);
});

test("a query parses its input first, and passes refusals on", async () => {
  const find = query({
    input: z.strictObject({ id: z.guid() }),
    run: async (_actor: Actor, { id }): Promise<string> => {
      order.push("run");
      throw new AppError("NOT_FOUND", id);
    },
  });
  for (const input of [{}, { id: 1 }, { id: "\0" }, JSON.parse('{"__proto__": 1}')])
    await expect(find(dana, input)).rejects.toMatchObject({ code: "INVALID" });
  expect(order).toEqual([]);
  const id = crypto.randomUUID();
  await expect(find(dana, { id })).rejects.toMatchObject({ code: "NOT_FOUND", message: id });
});

test("what a write must not forget does not compile when it is left out", () => {
  const input = z.strictObject({});
  const load = async (_tx: Tx, _input: object, _actor: Actor) => null;
  const authorize = () => allow;
  const subject = { id: "x" };
  const run = async () => ({ result: 1, audit: {}, subject });
  const noAudit = async () => ({ result: 1, subject });
  const nullAudit = async () => ({ result: 1, audit: null, subject });
  const noSubject = async () => ({ result: 1, audit: {} });
  // The compiler looks at each; nothing is called.
  const wrong = [
    // @ts-expect-error authorize is missing
    () => command({ name: "request.comment", input, load, run }),
    // @ts-expect-error load is missing
    () => command({ name: "request.comment", input, authorize, run }),
    // @ts-expect-error the audit payload is missing
    () => command({ name: "request.comment", input, load, authorize, run: noAudit }),
    // @ts-expect-error the subject is missing
    () => command({ name: "request.comment", input, load, authorize, run: noSubject }),
    // @ts-expect-error the payload of an approval says for which group
    () => command({ name: "request.approve", input, load, authorize, run }),
    // @ts-expect-error only private writes leave no line
    () => command({ name: "request.submit", input, load, authorize, run: nullAudit }),
    // @ts-expect-error the list of events is closed
    () => command({ name: "request.explode", input, load, authorize, run }),
    // @ts-expect-error authorize answers a decision, not a boolean
    () => command({ name: "request.comment", input, load, authorize: () => true, run }),
  ];
  const right = () => command({ name: "request.comment", input, load, authorize, run });
  expect([...wrong, right]).toHaveLength(9);
});

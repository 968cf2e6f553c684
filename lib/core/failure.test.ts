import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { AppError } from "./errors.ts";
import { toInvalid, toUnavailable } from "./failure.ts";
import { olderThan, pageInput, toPage } from "./keyset.ts";
import { toResult } from "./result.ts";
import { requireStorable } from "./storable.ts";

const withCode = (code: string, message = "x") => Object.assign(new Error(message), { code });

/** A raw query that failed, as Prisma's driver adapter for pg throws it. */
const raw = (cause: object) => Object.assign(withCode("P2010"), { meta: { driverAdapterError: { cause } } });

test.each([
  [raw({ kind: "DatabaseNotReachable", host: "127.0.0.1" }), "UNAVAILABLE"],
  [raw({ kind: "ConnectionClosed" }), "UNAVAILABLE"],
  [raw({ kind: "postgres", originalCode: "57P03", code: "57P03" }), "UNAVAILABLE"],
  [raw({ kind: "TooManyConnections", originalCode: "53300" }), "UNAVAILABLE"],
  [raw({ kind: "TransactionWriteConflict", originalCode: "40P01" }), "CONFLICT"],
  [withCode("P2010", "Raw query failed. Message: `Server has closed the connection.`"), "UNAVAILABLE"],
  [new Error("Client has encountered a connection error and is not queryable"), "UNAVAILABLE"],
  [withCode("ECONNREFUSED", ""), "UNAVAILABLE"],
  [withCode("P2028"), "UNAVAILABLE"],
  [withCode("P2024"), "UNAVAILABLE"],
  [withCode("P1001"), "UNAVAILABLE"],
  [new Error("connect ECONNREFUSED 127.0.0.1:1"), "UNAVAILABLE"],
  [new Error("Connection terminated unexpectedly"), "UNAVAILABLE"],
  [withCode("P2034"), "CONFLICT"],
  [withCode("40P01"), "CONFLICT"],
  [new Error("deadlock detected"), "CONFLICT"],
])("what the database throws, %s, is %s", (error, code) => {
  const mapped = toUnavailable(error);
  expect(mapped).toMatchObject({ code, cause: error });
  if (code === "UNAVAILABLE") expect((mapped as AppError).retryAfterSeconds).toBeGreaterThan(0);
});

test("a refusal and a fault of ours come back unchanged", () => {
  for (const error of [
    new AppError("LIMIT", "x"),
    new Error("undefined is no function"),
    withCode("P2002"),
    raw({ kind: "postgres", originalCode: "42601", code: "42601" }),
    "x",
  ])
    expect(toUnavailable(error)).toBe(error);
});

test("INVALID points at every fault, at the first hundred of many", () => {
  const schema = z.strictObject({ "a/b": z.object({ n: z.number() }), s: z.string() });
  const one = toInvalid(schema.safeParse({ "a/b": { n: "1" }, s: "" }).error!);
  expect(one.errors.map(({ path }) => path)).toEqual(["/a~1b/n"]);
  expect(one.message).toBe(one.errors[0]!.message);
  const many = toInvalid(
    schema.safeParse(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, n]))).error!,
  );
  expect(many.errors).toHaveLength(100);
  expect(many.message).toMatch(/^502 fields/);
});

test("a result carries refusals in words; of anything else only the reference", async () => {
  const run = (error: unknown) =>
    toResult(
      () => Promise.reject(error),
      () => "ref-1",
    );
  expect(
    await toResult(
      async () => 1,
      () => "",
    ),
  ).toEqual({ ok: true, data: 1 });
  expect(await run(new AppError("CONFLICT", "Too late"))).toEqual({
    ok: false,
    code: "CONFLICT",
    message: "Too late",
    errors: [],
  });
  const unexpected = await run(new Error("password=1"));
  expect(unexpected).toMatchObject({ code: "UNEXPECTED", message: expect.stringContaining("ref-1") });
  expect(JSON.stringify(unexpected)).not.toContain("password");
});

describe("what can be stored", () => {
  const refusedAt = (value: unknown) => {
    try {
      requireStorable(value);
      return null;
    } catch (error) {
      return (error as AppError).errors[0]!.path;
    }
  };

  test.each([
    [{ a: { "b/c": ["x", "\0"] } }, "/a/b~1c/1"],
    [{ a: "\ud800" }, "/a"],
    [{ a: { "\udc00": 1 } }, "/a"],
    [{ a: { "k\0": 1 } }, "/a"],
    [JSON.parse('{"a":{"__proto__":{}}}'), "/a/__proto__"],
    [JSON.parse(`${"[".repeat(42)}1${"]".repeat(42)}`), ""],
    [JSON.parse(`${"[".repeat(300_000)}${"]".repeat(300_000)}`), ""],
    [{ a: "💥\u202E\uFEFF", constructor: null, n: 1e308 }, null],
    ["\0", ""],
    [undefined, null],
  ])("%# is refused at its place, or not at all", (value, path) => {
    expect(refusedAt(value)).toBe(path);
  });

  function isBad(value: unknown): boolean {
    if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
    if (typeof value !== "object" || value === null) return false;
    return Object.entries(value).some(([key, child]) => key === "__proto__" || isBad(key) || isBad(child));
  }

  test("is whatever JSON holds without U+0000, halves of pairs and __proto__", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }), (value) => {
        expect(refusedAt(value) !== null).toBe(isBad(value));
      }),
    );
  });
});

describe("keyset pages", () => {
  type Row = { createdAt: Date; id: string };
  const rowsArbitrary = fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 5 }), id: fc.uuid() }), {
    selector: ({ id }) => id,
    maxLength: 30,
  });

  /** What Postgres answers for the condition of `olderThan`. */
  function older(rows: Row[], cursor: string | undefined): Row[] {
    const condition = olderThan(cursor);
    if (!("AND" in condition)) return rows;
    const { createdAt, id } = condition.AND![1]!.OR![1]! as { createdAt: Date; id: { lt: string } };
    return rows.filter(
      (row) => row.createdAt < createdAt || (+row.createdAt === +createdAt && row.id < id.lt),
    );
  }

  test("hold every row once, in order, also where many have one time", () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.integer({ min: 1, max: 7 }), (made, limit) => {
        const rows = made
          .map(({ at, id }) => ({ createdAt: new Date(Date.UTC(2026, 0, 1) + at), id }))
          .toSorted((a, b) => +b.createdAt - +a.createdAt || (a.id < b.id ? 1 : -1));
        const walked: string[] = [];
        let cursor: string | undefined;
        do {
          const page = toPage(older(rows, cursor).slice(0, limit + 1), limit, ({ id }) => id);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          walked.push(...page.items);
          cursor = page.next_cursor ?? undefined;
        } while (cursor !== undefined);
        expect(walked).toEqual(rows.map(({ id }) => id));
      }),
    );
  });

  test("any text that is no cursor of ours is INVALID", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => olderThan(text)).toThrow(expect.objectContaining({ code: "INVALID" }));
      }),
    );
  });

  test("take a limit as a number or as digits", () => {
    expect(pageInput.parse({}).limit).toBe(50);
    expect(pageInput.parse({ limit: 7 }).limit).toBe(7);
    expect(pageInput.parse({ limit: "100" }).limit).toBe(100);
  });
});

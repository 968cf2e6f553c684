import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonPointer, pointerSegments, zodIssuesToErrors } from "./json-pointer.ts";

describe("a JSON pointer", () => {
  // The examples of RFC 6901, section 5.
  it.each([
    [[], ""],
    [["foo", 0], "/foo/0"],
    [[""], "/"],
    [["a/b"], "/a~1b"],
    [["m~n"], "/m~0n"],
    [["~1"], "/~01"],
    [["tables", "events", "sort_key"], "/tables/events/sort_key"],
  ])("of %j is %j", (segments, pointer) => {
    expect(jsonPointer(segments)).toBe(pointer);
    expect(pointerSegments(pointer)).toEqual(segments.map(String));
  });

  it("leads back to its segments", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "é") })), (segments) => {
        expect(pointerSegments(jsonPointer(segments))).toEqual(segments);
      }),
    );
  });

  it.each(["foo", "/a~", "/a~2"])("is not %j", (text) => {
    expect(() => pointerSegments(text)).toThrow(RangeError);
  });
});

describe("zod's issues as errors", () => {
  const schema = z.strictObject({
    name: z.string(),
    ports: z.record(z.string().regex(/^p/, "Begin with p."), z.number()),
    rule: z.string().refine((text) => text === "ok", { error: "Say ok.", params: { id: "say-ok" } }),
  });
  const errors = (value: unknown) => zodIssuesToErrors(schema.safeParse(value).error?.issues ?? [], ["body"]);

  it("point at unknown keys one by one, at bad keys of a map, and carry the rule's id", () => {
    expect(errors({ name: "x", ports: { q: 1, p: 2 }, rule: "no", "a/b": 1, c: 2 })).toEqual([
      { path: "/body/ports/q", message: "Begin with p." },
      { path: "/body/rule", message: "Say ok.", id: "say-ok" },
      {
        path: "/body/a~1b",
        message: '"a/b" is not known here. Check the spelling, or remove it.',
        id: "unknown-key",
      },
      {
        path: "/body/c",
        message: '"c" is not known here. Check the spelling, or remove it.',
        id: "unknown-key",
      },
    ]);
  });

  it("of the whole point at the prefix", () => {
    expect(errors(5).map(({ path }) => path)).toEqual(["/body"]);
  });
});

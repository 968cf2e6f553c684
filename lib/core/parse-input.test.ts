import { expect, test } from "vitest";
import * as z from "zod";
import { parseInput } from "./parse-input.ts";

const schema = z.strictObject({
  version: z.number().int().min(1),
  state: z.enum(["draft", "failed"]).optional(),
  scopes: z
    .array(z.enum(["read", "request"]))
    .min(1)
    .max(2)
    .optional(),
  name: z.string().min(2).max(4).optional(),
  own: z.string("Say what it is").optional(),
});

test.each([
  [{}, "/version", "version is required: give a number."],
  [{ version: "1" }, "/version", 'version must be a number, but is "1".'],
  [{ version: 1.5 }, "/version", "version must be a whole number, but is 1.5."],
  [{ version: 0 }, "/version", "version must be a number of at least 1, but is 0."],
  [{ version: 1, state: "nope" }, "/state", 'state must be one of draft, failed, but is "nope".'],
  [{ version: 1, scopes: [] }, "/scopes", "scopes must be a list of at least 1, but is an empty list."],
  [
    { version: 1, scopes: ["x"] },
    "/scopes/0",
    'An entry of scopes must be one of read, request, but is "x".',
  ],
  [{ version: 1, name: "a" }, "/name", 'name must be text of at least 2 characters, but is "a".'],
  [{ version: 1, name: "abcde" }, "/name", 'name must be text of at most 4 characters, but is "abcde".'],
  [{ version: 1, own: 7 }, "/own", "Say what it is"],
  [[], "", "The body must be an object, but is an empty list."],
])("of %j people read what the field must be", (input, path, message) => {
  expect(() => parseInput(schema, input)).toThrow(
    expect.objectContaining({ code: "INVALID", errors: [{ path, message }] }),
  );
});

test("what fits comes back in the schema's shape", () => {
  expect(parseInput(z.object({ n: z.number().default(7) }), {})).toEqual({ n: 7 });
});

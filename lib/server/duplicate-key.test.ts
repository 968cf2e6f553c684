import fc from "fast-check";
import { expect, test } from "vitest";
import { duplicateKey } from "./duplicate-key.ts";

test.each([
  ['{"a":1,"a":2}', "a"],
  ['{"a":{"b":1},"c":[{"d":1,"d":2}]}', "d"],
  ['{"a":1,"\\u0061":2}', "a"],
  ['{"":1,"":2}', ""],
  ['{"x\\"}":1,"y":{},"x\\"}":2}', 'x"}'],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ['{"a":{"a":{"a":"a"}},"b":["a","a","b:","{"]}', null],
  ['[{"a":1},{"a":2}]', null],
  ['"{\\"a\\":1,\\"a\\":2}"', null],
  ["null", null],
])("in %s the key given twice is %s", (json, key) => {
  expect(duplicateKey(json)).toBe(key);
});

test("whatever JSON.stringify writes has no key twice, however it is spaced", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, spaces) => {
      expect(duplicateKey(JSON.stringify(value, null, spaces))).toBeNull();
    }),
  );
});

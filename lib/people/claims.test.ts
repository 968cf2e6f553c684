import fc from "fast-check";
import { expect, test } from "vitest";
import { readClaims } from "./claims.ts";

const sound = { email: "Kim@Example.com", name: "Kim", groups: ["a", "b", "a"] };

test("e-mail in small letters, name and groups come from the claims", () => {
  expect(readClaims(sound, "groups")).toEqual({
    email: "kim@example.com",
    name: "Kim",
    groups: ["a", "b"],
    groupsProblem: null,
  });
  expect(readClaims({ ...sound, "https://acme/roles": [] }, "https://acme/roles").groups).toEqual([]);
});

test("without a name the user name or the e-mail stands in, cleared of control characters", () => {
  expect(readClaims({ ...sound, name: undefined, preferred_username: "kim" }, "groups").name).toBe("kim");
  expect(readClaims({ ...sound, name: " ", preferred_username: 7 }, "groups").name).toBe("kim@example.com");
  expect(readClaims({ ...sound, name: "Kim\r\nroot logged in\0" }, "groups").name).toBe("Kim root logged in");
});

test.each<[string, unknown, RegExp]>([
  ["absent", undefined, /no claim "groups"/],
  ["null", null, /no claim "groups"/],
  ["one text", "platform", /not a list/],
  ["a list with a number", ["platform", 7], /not a list/],
  ["a map", { platform: true }, /not a list/],
  ["a list with a line break", ["plat\nform"], /not a list/],
  ["more than a token can honestly hold", Array.from({ length: 2001 }, (_, n) => `g${n}`), /not a list/],
])("a groups claim that is %s gives no groups and says so", (_, groups, problem) => {
  const person = readClaims({ ...sound, groups }, "groups");
  expect(person.groups).toEqual([]);
  expect(person.groupsProblem).toMatch(problem);
});

test("an inherited property is no claim", () => {
  expect(readClaims(sound, "constructor").groups).toEqual([]);
});

test.each<[object, string]>([
  [{ email: undefined }, "email-missing"],
  [{ email: "not an address" }, "email-missing"],
  [{ email: ["a@example.com"] }, "email-missing"],
  [{ email_verified: false }, "email-unverified"],
  [{ email_verified: "false" }, "email-unverified"],
])("%o is refused as %s", (change, id) => {
  expect(() => readClaims({ ...sound, ...change }, "groups")).toThrow(
    expect.objectContaining({ code: "FORBIDDEN", errors: [expect.objectContaining({ id })] }),
  );
});

test("whatever a provider claims: a person that can be stored, or a refusal in words", () => {
  const claim = fc.oneof(
    fc.anything(),
    fc.string({ unit: "binary" }),
    fc.array(fc.string({ unit: "binary" })),
  );
  fc.assert(
    fc.property(claim, claim, claim, (name, username, groups) => {
      const claims = { email: "a@example.com", name, preferred_username: username, groups };
      const person = readClaims(claims, "groups");
      for (const text of [person.name, ...person.groups]) {
        expect(text).not.toBe("");
        expect(text.isWellFormed() && !/\p{Cc}/u.test(text)).toBe(true);
      }
    }),
  );
});

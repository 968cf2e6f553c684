import { describe, expect, it } from "vitest";
import { composeTableName, keyProblem, tableNameProblem } from "./naming.ts";

const modulePattern = "{project}-{environment}-{key}";
const keyPattern = "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$";

describe("a table's name", () => {
  it("is composed as in the module", () => {
    const parts = { project: "shop", environment: "dev", key: "user-data" };
    expect(composeTableName(modulePattern, parts)).toBe("shop-dev-user-data");
    expect(composeTableName("{key}.{key}", parts)).toBe("user-data.user-data");
  });

  it("never reads a value as a pattern", () => {
    const parts = { project: "{key}", environment: "$&", key: "$1" };
    expect(composeTableName(modulePattern, parts)).toBe("{key}-$&-$1");
  });

  it.each(["abc", "...", "-ab", "A_b.c-9", "x".repeat(255)])("may be %s", (name) => {
    expect(tableNameProblem(name)).toBeNull();
  });

  it.each(["", "ab", "x".repeat(256), "a b", "a/b", "näme", "abc\n"])("may not be %j", (name) => {
    expect(tableNameProblem(name)).toMatch(/^The table name "/);
  });
});

describe("a table's key", () => {
  it.each(["a", "9", "user-data", "a.b_c-d", "constructor"])("may be %s", (key) => {
    expect(keyProblem(key, keyPattern)).toBeNull();
  });

  it.each(["", "-a", "_a", "a b", "a/b", "é", "a\n", "__proto__"])("may not be %j", (key) => {
    expect(keyProblem(key, keyPattern)).toContain(keyPattern);
  });

  it("of more than 255 characters is refused before the expression runs", () => {
    expect(keyProblem(`${"a".repeat(4999)}!`, "^(a+)+$")).toContain("5000 characters");
  });
});

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const document = "docs/security.md";
const rows = readFileSync(document, "utf8")
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
const ids = rows.flatMap(([first]) => first!.split(", "));

/** `a/path.test.ts` "a test", "a row of one": the path, and each text in quotes that follows it. */
const citations = rows.flatMap(([id, ...cells]) =>
  [...cells.join(" ").matchAll(/`([^`]+\.(?:test|spec)\.ts)`((?:,? "[^"]+")+)/g)].flatMap((match) =>
    [...match[2]!.matchAll(/"([^"]+)"/g)].map((name) => ({ id, file: match[1]!, name: name[1]! })),
  ),
);

describe("the table of requirements in docs/security.md", () => {
  test("has each of the 70 and 183 of ASVS's first two levels and the four of its third, once", () => {
    expect(ids.filter((id) => !/^(?:[1-9]|1[0-7])\.[1-8]\.(?:[1-9]|1[0-2])$/.test(id))).toEqual([]);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids).toHaveLength(70 + 183 + 4);
  });

  test("cites tests that exist", () => {
    expect(citations.length).toBeGreaterThan(100);
    const missing = citations.filter(
      ({ file, name }) => !existsSync(file) || !readFileSync(file, "utf8").includes(`"${name}",`),
    );
    expect(missing).toEqual([]);
  });

  test("cites each of its test files with the name of a test", () => {
    const mentioned = rows.flatMap(([id, ...cells]) =>
      [...cells.join(" ").matchAll(/`([^`]+\.(?:test|spec)\.ts)`/g)].map((match) => `${id} ${match[1]}`),
    );
    const cited = new Set(citations.map(({ id, file }) => `${id} ${file}`));
    expect(mentioned.filter((one) => !cited.has(one))).toEqual([]);
  });

  test("says of every requirement what proves it, why it does not apply, or what is missing", () => {
    const bare = rows.filter(([id, ...cells]) => {
      const words = cells.at(-1)!;
      const proven = citations.some((citation) => citation.id === id);
      return !(proven || /^(Does not apply: |Not met: |Written: )./.test(words));
    });
    expect(bare.map(([id]) => id)).toEqual([]);
  });
});

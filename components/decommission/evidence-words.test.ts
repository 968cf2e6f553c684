import { expect, test } from "vitest";
import { evidenceRows, sizeWords, staysWords } from "#components/decommission/evidence-words.ts";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [1_234_567, "1.23 MB"],
  [5e15, "5 PB"],
  [5e18, "5,000 PB"],
])("%d bytes are said as %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

test("what nobody has read is said not to be known", () => {
  const nothing = {
    item_count: null,
    size_bytes: null,
    stream_enabled: false,
    stream_arn: null,
    deletion_protection: true,
    point_in_time_recovery: false,
    created_at: null,
    observed_at: null,
  };
  const words = Object.fromEntries(evidenceRows(nothing, 0).map((row) => [row.id, row.words]));
  expect(words).toEqual({
    items: "not known",
    size: "not known",
    stream: "off",
    protection: "on",
    recovery: "off",
    made: "not known",
    read: "never",
  });
});

test("a table without recovery leaves nothing, one with it a backup of 35 days", () => {
  expect(staysWords("a", false)).toMatch(/gone for good/);
  expect(staysWords("a", true)).toMatch(/a\$DeletedTableBackup, for 35 days/);
});

import { expect, test } from "vitest";
import { groupFindings } from "#components/request-details/group-findings.ts";
import type { Finding } from "#lib/table-spec/findings.ts";

const finding = (id: string, key: string, message = "Be careful"): Finding => ({
  id,
  level: "warn",
  message,
  path: `/tables/${key}`,
});

test("one remark about many tables is shown once and names the first of them", () => {
  const keys = Array.from({ length: 100 }, (_, index) => `t${index}`);
  expect(groupFindings(keys.map((key) => finding("prod-pitr", key)))).toEqual([
    { id: "prod-pitr", level: "warn", message: "Be careful", where: "t0, t1, t2 and 97 more" },
  ]);
});

test("remarks with other words stay apart, and a key with a slash is read as a pointer", () => {
  const groups = groupFindings([finding("a", "x~1y"), finding("a", "z", "Other words")]);
  expect(groups.map(({ where }) => where)).toEqual(["x/y", "z"]);
});

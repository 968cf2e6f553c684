import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countVitest } from "./checks.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-checks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const report = (content: object) => {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

test("a test file that cannot be loaded counts as one failure", () => {
  const file = report({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  });
  expect(countVitest(file)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test.each([
  [
    "a flaky journey counts as failed",
    { expected: 5, unexpected: 1, flaky: 1, skipped: 1 },
    [],
    { passed: 5, failed: 2, skipped: 1 },
  ],
  [
    "an installation that did not start counts as failed",
    { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
    ["x"],
    { passed: 0, failed: 1, skipped: 0 },
  ],
])("%s", (_name, stats, errors, expected) => {
  expect(countPlaywright(report({ stats, errors }))).toEqual(expected);
});

test("a report that was never written counts as one failure", () => {
  expect(countVitest(path.join(folder, "none.json"))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countPlaywright(path.join(folder, "none.json"))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

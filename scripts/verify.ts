/** npm run verify: the fast part of `npm test`, without browser, build, database or programs of others. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { countVitest, runChecks } from "./checks.ts";
import { staticChecks } from "./static-checks.ts";

const reports = mkdtempSync(path.join(os.tmpdir(), "tablewright-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));
const report = path.join(reports, "vitest.json");

await runChecks([
  ...staticChecks,
  {
    name: "tests that need nothing else",
    args: [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project=pure*",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    count: () => countVitest(report),
  },
]);

/** npm test: every check there is. The last line is `N passed, N failed` (`, N skipped`); the exit code says the same. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Check, countPlaywright, countVitest, runChecks } from "./checks.ts";
import { findChromium } from "./chromium.ts";
import { staticChecks } from "./static-checks.ts";

const reports = mkdtempSync(path.join(os.tmpdir(), "tablewright-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));
const vitestReport = path.join(reports, "vitest.json");
const playwrightReport = path.join(reports, "playwright.json");
// Built beside the folder that a running `npm start` serves from.
const build = { NEXT_DIST_DIR: ".next-test" } as unknown as NodeJS.ProcessEnv;

const checks: Check[] = [
  ...staticChecks,
  {
    name: "tests, also on Postgres and with programs of others",
    args: [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${vitestReport}`,
    ],
    count: () => countVitest(vitestReport),
  },
  { name: "build", args: ["scripts/build-portal.ts"], env: build },
  {
    name: "journeys in a browser",
    args: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    env: { ...build, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport, CHROMIUM_PATH: findChromium() ?? "" },
    count: () => countPlaywright(playwrightReport),
  },
];
await runChecks(checks);

import os from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { locateChromium } from "./scripts/chromium.ts";

// Web servers, workers and the command-line tool are started dozens of times.
process.env.NODE_COMPILE_CACHE ??= path.join(os.tmpdir(), "tablewright-compile-cache");

/** Journeys that nobody else may cross: they empty somebody's notifications, or use up somebody's calls of a minute. */
const alone = ["notifications.spec.ts", "hardening.spec.ts"];

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // One installation and one database for all journeys, two of which go on at a time: a core each.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    // Else a missing button costs the whole time of its test.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Set by the global set-up, before the workers start.
    baseURL: process.env.TABLEWRIGHT_E2E_URL,
    timezoneId: "Asia/Kathmandu",
    locale: "en-GB",
    // The page as it was at each step tells enough; a film of it would be taken of every journey, to be thrown away.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: locateChromium() ?? undefined,
      args: [
        ...(isRoot ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "chromium", testIgnore: alone },
    { name: "alone", testMatch: alone, dependencies: ["chromium"] },
  ],
});

import { defineConfig } from "@playwright/test";
import { locateChromium } from "./scripts/chromium.ts";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  // One installation and one database for all journeys.
  workers: 1,
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
    trace: "retain-on-failure",
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
  projects: [{ name: "chromium" }],
});

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const downloadTimeoutSeconds = 180;

/** @returns the Chromium of CHROMIUM_PATH, one of this machine, or Playwright's own; null if there is none. */
export function locateChromium(): string | null {
  return (
    process.env.CHROMIUM_PATH ||
    ([...usualPlaces, chromium.executablePath()].find((file) => existsSync(file)) ?? null)
  );
}

/** The same, installing one if there is none: Debian's where we may, else Playwright's. */
export function findChromium(): string | null {
  if (!locateChromium()) install();
  return locateChromium();
}

function install() {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    console.log("No Chromium here: installing Debian's …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
      env,
    });
    if (existsSync("/usr/bin/chromium")) return;
  }
  console.log("No Chromium here: installing Playwright's …");
  const args = ["node_modules/@playwright/test/cli.js", "install", "chromium", "--only-shell"];
  spawnSync(process.execPath, args, { stdio: "inherit", timeout: downloadTimeoutSeconds * 1000 });
}

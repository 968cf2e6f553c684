/** npm run bench: every file of bench/ that measures something, one after the other, each in a process of its own. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import "./generate.ts";

const only = process.argv[2];
const names = readdirSync("bench").filter(
  (name) => name.endsWith(".bench.ts") && (!only || name.startsWith(only)),
);
for (const name of names) {
  const { status } = spawnSync(process.execPath, [`bench/${name}`], {
    stdio: "inherit",
    env: { ...process.env, LOG_LEVEL: "info" },
  });
  if (status !== 0) process.exitCode = 1;
}

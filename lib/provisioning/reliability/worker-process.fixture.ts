import { once } from "node:events";
import { writeSync } from "node:fs";
import { closeDb } from "#lib/infra/db.ts";
import { startWorker } from "#lib/worker/start.ts";

/**
 * A worker that tells every side effect it comes to, and at the first arrival at a named one kills itself as the
 * machine would (`DIE_AT`) or freezes (`FREEZE_AT`). With `STANDBY` it begins when a line comes in.
 */
const { DIE_AT, FREEZE_AT, STANDBY, OWNER = `process-${process.pid}` } = process.env;
let frozen = false;

async function at(point: string): Promise<void> {
  writeSync(1, `at ${point}\n`);
  if (point === DIE_AT) process.kill(process.pid, "SIGKILL");
  if (point !== FREEZE_AT || frozen) return;
  frozen = true;
  writeSync(1, "frozen\n");
  process.kill(process.pid, "SIGSTOP");
}

if (STANDBY) {
  writeSync(1, "standing by\n");
  await once(process.stdin, "data");
}
const worker = await startWorker({ owner: OWNER, at });

process.once("SIGTERM", async () => {
  await worker.stop();
  await closeDb();
  process.exit(0);
});
writeSync(1, "started\n");

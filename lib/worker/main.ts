import { hostname } from "node:os";
import { closeDb } from "#lib/infra/db.ts";
import { log } from "#lib/infra/log.ts";
import { startWorker } from "./start.ts";

const worker = await startWorker({ owner: `${hostname()}-${process.pid}` });
log.info("worker started");

async function stop(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "worker stopping");
  setTimeout(() => process.exit(1), 8_000).unref();
  await worker.stop();
  await closeDb();
  process.exit(0);
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);

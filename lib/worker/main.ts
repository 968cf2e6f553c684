import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { toUnavailable } from "#lib/core/failure.ts";
import { closeDb } from "#lib/infra/db.ts";
import { log } from "#lib/infra/log.ts";
import { startTracing, stopTracing } from "#lib/infra/tracing.ts";
import { serveMetrics } from "./metrics-server.ts";
import { startWorker } from "./start.ts";

// A container that starts again has the same host name and process id, and is another worker all the same.
const owner = `${hostname()}-${process.pid}-${randomBytes(3).toString("hex")}`;
await startTracing("tablewright-worker");
const worker = await startWorker({ owner }).catch((error: unknown) => {
  // Whoever runs workers starts it again.
  log.fatal({ err: toUnavailable(error) }, "the worker cannot start");
  process.exit(1);
});
serveMetrics();
log.info("worker started");

async function stop(signal: NodeJS.Signals): Promise<void> {
  log.info({ signal }, "worker stopping");
  setTimeout(() => process.exit(1), 8_000).unref();
  await worker.stop();
  await closeDb();
  await stopTracing();
  process.exit(0);
}

process.once("SIGTERM", stop);
process.once("SIGINT", stop);

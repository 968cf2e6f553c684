import { createServer } from "node:http";
import { env } from "#lib/infra/env.ts";
import { log } from "#lib/infra/log.ts";
import { answerMetrics } from "#lib/infra/metrics.ts";

/** Shows this worker's metrics at /metrics on METRICS_PORT, if that is set; a worker works without it too. */
export function serveMetrics(): void {
  const { metricsPort: port, host } = env;
  if (port === null) return;
  const server = createServer((request, response) => {
    if (request.method === "GET" && request.url === "/metrics") void answerMetrics(response);
    else response.writeHead(404).end();
  });
  server.once("error", (err) => log.error({ err, port }, "the metrics cannot be shown"));
  server.listen(port, host, () => log.info({ port }, "metrics at /metrics"));
  // A worker ends when its work does.
  server.unref();
}

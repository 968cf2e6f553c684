/**
 * npm run web: one web replica, against DATABASE_URL. `npm start` runs the same file as its child.
 * On SIGTERM it takes no new connection, finishes what it is answering, and ends.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { isDemoHost } from "#lib/infra/boot-checks.ts";
import { clientAddress, clientAddressHeader } from "#lib/infra/client-address.ts";
import { env } from "#lib/infra/env.ts";
import { log, logConsoleErrors } from "#lib/infra/log.ts";
import { withLogContext } from "#lib/infra/log-context.ts";
import { answerMetrics, httpAnswers, routeOf } from "#lib/infra/metrics.ts";
import {
  cleanHeaders,
  isForeignWrite,
  isOwnPath,
  isServedMethod,
  servedMethods,
} from "#lib/infra/received-headers.ts";
import { requestIdOf } from "#lib/infra/request-id.ts";
import { securityHeaders } from "#lib/infra/security-headers.ts";
import { startTracing, stopTracing, withSpan } from "#lib/infra/tracing.ts";
import { prepareProcess } from "./boot.ts";

const drainSeconds = 5;
const refusal = "Demo mode answers on localhost only. Open the address that was printed at the start.\n";

const { demo } = prepareProcess({ signsIn: true });
await import("./build-portal.ts");
if (demo) await seed();
logConsoleErrors();
await startTracing("tablewright-web");
const app = next({ dev: false, hostname: env.host, port: env.port });
await app.prepare();
const handle = app.getRequestHandler();

let stopping = false;

/** A replica starts without a database too, and says at /health/ready that it waits for one. */
async function seed() {
  const { seedDemo } = await import("#prisma/seed.ts");
  await seedDemo().catch((error: Error) =>
    console.error(`The demo's people may be missing: ${error.message}`),
  );
}

const { url } = env;
const always = new Headers(securityHeaders({ https: url.startsWith("https:") }));

function answer(request: IncomingMessage, response: ServerResponse) {
  // A page of another site may point its own name at 127.0.0.1 and so talk to us with its visitor's browser.
  if (demo && !isDemoHost(request.headers.host)) {
    response
      .writeHead(421, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" })
      .end(refusal);
    return;
  }
  if (!isServedMethod(request.method)) {
    response.setHeader("Allow", servedMethods);
    return refuse(response, 405, "This method is not served");
  }
  if (!isOwnPath(request.url)) return refuse(response, 400, "This address cannot be read");
  if (routeOf(request.url) === "page" && isForeignWrite(request, { url, demo }))
    return refuse(response, 403, "This came from another site and was refused");
  const { "x-forwarded-for": forwarded } = request.headers;
  const address = clientAddress(request.socket.remoteAddress, [forwarded].flat().join(","), env.proxies);
  cleanHeaders(request, { url, demo });
  request.headers[clientAddressHeader] = address;
  if (stopping) response.setHeader("Connection", "close");
  if (request.url === "/metrics") return void tellMetrics(response);
  void handle(request, response);
}

function refuse(response: ServerResponse, status: number, title: string) {
  const problem = JSON.stringify({ type: "about:blank", title, status });
  response.writeHead(status, { "Content-Type": "application/problem+json" }).end(problem);
}

const server = createServer((request, response) => {
  const requestId = requestIdOf(request.headers["x-request-id"]);
  request.headers["x-request-id"] = requestId;
  response.setHeader("X-Request-Id", requestId);
  response.setHeaders(always);
  withLogContext({ requestId }, () => {
    observe(request, response);
    traced(request, response, () => answer(request, response));
  });
});

/** Loaded when somebody asks: it brings the database with it. */
async function tellMetrics(response: ServerResponse) {
  const { collectProvisioning } = await import("#lib/provisioning/metrics-queries.ts");
  await answerMetrics(response, collectProvisioning);
}

/** Counts the answer, and leaves a line about it: no query and no headers, which may hold what is nobody's business. */
function observe({ method, url }: IncomingMessage, response: ServerResponse) {
  const startedAt = performance.now();
  const route = routeOf(url);
  response.once("close", () => {
    const seconds = (performance.now() - startedAt) / 1000;
    // 499: whoever asked went away before the answer, as nginx calls it.
    const status = response.writableFinished ? response.statusCode : 499;
    httpAnswers.observe({ route, status }, seconds);
    if (["static", "health", "metrics"].includes(route)) return;
    const path = url?.replace(/\?.*/s, "").slice(0, 200);
    log.info({ method, path, status, ms: Math.round(seconds * 1000) }, "answered");
  });
}

/** Runs `use` in a span that ends with the answer. What is asked a thousand times an hour and tells nothing has none. */
function traced({ method = "", url, headers }: IncomingMessage, response: ServerResponse, use: () => void) {
  const route = routeOf(url);
  if (["static", "health", "metrics"].includes(route)) return use();
  const path = url?.replace(/\?.*/s, "").slice(0, 200) ?? "/";
  const attributes = { "http.request.method": method, "http.route": route, "url.path": path };
  withSpan(`${method} ${route}`, { kind: "server", attributes, carrier: headers }, (span) => {
    response.once("close", () => {
      span.set({ "http.response.status_code": response.statusCode });
      span.end(response.statusCode >= 500);
    });
    use();
  });
}
// Longer than the usual idle time of a load balancer (60 s), which must be the first to hang up.
server.keepAliveTimeout = 65_000;
server.once("error", (error) => {
  log.fatal(`The web server cannot listen on ${env.host}:${env.port}: ${error.message}`);
  process.exit(1);
});
server.listen(env.port, env.host, () =>
  console.log(`web server listening on http://${env.host}:${env.port}`),
);

function stop() {
  stopping = true;
  const giveUp = setTimeout(() => server.closeAllConnections(), drainSeconds * 1000);
  server.close(async () => {
    clearTimeout(giveUp);
    await app.close();
    await stopTracing();
    process.exit(0);
  });
  server.closeIdleConnections();
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);

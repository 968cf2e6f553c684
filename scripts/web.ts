/**
 * npm run web: one web replica, against DATABASE_URL. `npm start` runs the same file as its child.
 * On SIGTERM it takes no new connection, finishes what it is answering, and ends.
 */
import { createServer } from "node:http";
import next from "next";
import { isDemoHost } from "#lib/infra/boot-checks.ts";
import { clientAddress, clientAddressHeader } from "#lib/infra/client-address.ts";
import { env } from "#lib/infra/env.ts";
import { cleanHeaders, isOwnPath } from "#lib/infra/received-headers.ts";
import { securityHeaders } from "#lib/infra/security-headers.ts";
import { prepareProcess } from "./boot.ts";

const drainSeconds = 5;
const refusal = "Demo mode answers on localhost only. Open the address that was printed at the start.\n";

const { demo } = prepareProcess({ signsIn: true });
await import("./build-portal.ts");
if (demo) await seed();
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

const server = createServer((request, response) => {
  response.setHeaders(always);
  // A page of another site may point its own name at 127.0.0.1 and so talk to us with its visitor's browser.
  if (demo && !isDemoHost(request.headers.host)) {
    response
      .writeHead(421, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" })
      .end(refusal);
    return;
  }
  if (!isOwnPath(request.url)) {
    const problem = { type: "about:blank", title: "This address cannot be read", status: 400 };
    response.writeHead(400, { "Content-Type": "application/problem+json" }).end(JSON.stringify(problem));
    return;
  }
  const { "x-forwarded-for": forwarded } = request.headers;
  const address = clientAddress(request.socket.remoteAddress, [forwarded].flat().join(","), env.proxies);
  cleanHeaders(request, { url, demo });
  request.headers[clientAddressHeader] = address;
  if (stopping) response.setHeader("Connection", "close");
  void handle(request, response);
});
// Longer than the usual idle time of a load balancer (60 s), which must be the first to hang up.
server.keepAliveTimeout = 65_000;
server.once("error", (error) => {
  console.error(`The web server cannot listen on ${env.host}:${env.port}: ${error.message}`);
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
    process.exit(0);
  });
  server.closeIdleConnections();
}
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);

import { createServer, request } from "node:http";

/**
 * A load balancer on this port of loopback that knows no sessions: one request goes to the first server, the next to the
 * second. One that is away is a 502.
 */
export async function startBalancer(port: number, targets: readonly string[]) {
  let turn = 0;
  const counts = targets.map(() => 0);
  const server = createServer((incoming, outgoing) => {
    const at = turn++ % targets.length;
    const { hostname, port: targetPort } = new URL(targets[at]!);
    const sent = request(
      {
        hostname,
        port: targetPort,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, "x-forwarded-for": incoming.socket.remoteAddress },
        agent: false,
      },
      (answer) => {
        counts[at]! += 1;
        outgoing.writeHead(answer.statusCode!, answer.rawHeaders);
        answer.pipe(outgoing);
        answer.on("error", () => outgoing.destroy());
      },
    );
    sent.on("error", () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    outgoing.on("close", () => sent.destroy());
    incoming.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    /** How many requests each server has answered. */
    counts,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

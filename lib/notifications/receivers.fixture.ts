import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Received = { headers: IncomingHttpHeaders; body: string };

/** A receiver of webhooks on loopback. `answer` decides on each call: a status, or null to never answer. */
export async function startReceiver(answer: () => number | null = () => 204) {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    const status = receiver.answer();
    if (status === null) return;
    response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("x".repeat(100_000));
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer,
    stop,
    start: () => listen(port),
  };
  return receiver;
}

/** A real SMTP server on loopback that keeps what it gets, or refuses it with these words; without TLS and without sign-in. */
export async function startMailServer() {
  const mails: { to: string[]; source: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      let source = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        source += chunk;
      });
      stream.on("end", () => {
        if (mailServer.refusal !== null)
          return done(Object.assign(new Error(mailServer.refusal), { responseCode: 450 }));
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.server.address() as AddressInfo;
  const mailServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refusal: null as string | null,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  };
  return mailServer;
}

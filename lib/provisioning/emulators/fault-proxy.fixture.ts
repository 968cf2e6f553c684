import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export type ProxiedCall = { operation: string; table: string | undefined; status: number };

export type FaultProxy = {
  url: string;
  /** What went through, in order; `status` is the emulator's. */
  calls: ProxiedCall[];
  /** The next such call about this table is carried out, and its answer thrown away. */
  loseAnswer: (operation: string, table: string) => void;
  /** `act` runs once such a call about this table was answered, before the answer is passed on. */
  after: (operation: string, table: string, act: () => Promise<unknown>) => void;
  /** From now on such calls are answered like this and not passed on. */
  pretend: (operation: string, answer: object) => void;
  close: () => Promise<void>;
};

/** Stands before an emulator and passes everything on, save the faults that a test asks for. */
export async function startFaultProxy(emulatorUrl: string): Promise<FaultProxy> {
  const calls: ProxiedCall[] = [];
  const pretences = new Map<string, object>();
  const faults: { operation: string; table: string; act: () => Promise<unknown>; lose: boolean }[] = [];

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const operation = String(incoming.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const { TableName: table } = JSON.parse(body.toString() || "{}");
    const pretence = pretences.get(operation);
    const answer = pretence ? pretended(pretence) : await forward(emulatorUrl, incoming, body);
    calls.push({ operation, table, status: answer.status });
    const index = faults.findIndex((one) => one.operation === operation && one.table === table);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    await fault?.act();
    if (fault?.lose) outgoing.destroy();
    else outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    loseAnswer: (operation, table) => faults.push({ operation, table, act: async () => {}, lose: true }),
    after: (operation, table, act) => faults.push({ operation, table, act, lose: false }),
    pretend: (operation, answer) => pretences.set(operation, answer),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

function pretended(answer: object): Answer {
  const headers = { "content-type": "application/x-amz-json-1.0" };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(answer)) };
}

function forward(emulatorUrl: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url, headers } = incoming;
  return new Promise((resolve, reject) => {
    const onward = request(new URL(url ?? "/", emulatorUrl), { method, headers }, async (response) => {
      const { statusCode: status = 502, headers: answered } = response;
      const { "transfer-encoding": _, connection: __, ...rest } = answered;
      buffer(response).then((read) => resolve({ status, headers: rest, body: read }), reject);
    });
    onward.once("error", reject);
    onward.end(body);
  });
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tableDescription } from "./describe-table.ts";
import { createFaults, type FaultError, type FaultKind, type Faults } from "./faults.ts";
import { runOperation } from "./operations.ts";
import { type SandboxOptions, settingsOf } from "./options.ts";
import { openJournal } from "./persistence.ts";
import { parseRequest, type Request, readBody, respond } from "./protocol.ts";
import { internalError, ServiceError, throttled } from "./service-error.ts";
import { openTables } from "./tables.ts";
import { createWorld, type World } from "./world.ts";

/** Longer than any client keeps an idle connection, so that none is closed under a request just sent. */
const keepAliveMs = 600_000;

/** One request as it arrived and what became of it. */
type RecordedCall = {
  operation: string;
  /** The TableName, or the table in the ResourceArn. */
  table: string | undefined;
  account: string;
  region: string;
  /** Server clock, ms. */
  at: number;
  input: unknown;
  /** "ok", the error's name, or "not executed"; whether the client got to hear it depends on `fault`. */
  outcome: string;
  fault: FaultKind | FaultError | undefined;
};

/** A table as it is now, for assertions: DescribeTable's answer without its lag, and the rest beside it. */
type TableSnapshot = ReturnType<typeof snapshot>;

export type Sandbox = {
  /** http://HOST:PORT */
  url: string;
  port: number;
  /** Every request since the start, in order of arrival; empty with `recordCalls: false`. */
  calls: RecordedCall[];
  tables(): TableSnapshot[];
  failNext: Faults["failNext"];
  /** Stops at once: closes connections, drops delayed answers, closes the state file. */
  close(): Promise<void>;
};

/**
 * Starts a server that speaks DynamoDB's control plane on loopback.
 * @throws Error when the port is taken or the state file is not a sandbox's
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", port = 0, now = Date.now, recordCalls = true } = options;
  const journal = openJournal(options.stateFile);
  const world = createWorld(settingsOf(options), openTables(journal));
  const faults = createFaults(options.faultPlan);
  const calls: RecordedCall[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const later = (milliseconds: number, act: () => void) => {
    if (milliseconds <= 0) return act();
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, milliseconds);
    timers.add(timer);
  };
  const record = recordCalls ? (call: RecordedCall) => void calls.push(call) : () => {};
  const server = createServer((request, response) => {
    serve({ world, faults, now, record, later }, request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch((cause) => {
    journal.close();
    throw cause;
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    calls,
    tables: () => world.tables.all(now()).map((table) => snapshot(world, table, now())),
    failNext: faults.failNext,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      journal.close();
    },
  };
}

function snapshot(world: World, table: ReturnType<World["tables"]["all"]>[number], now: number) {
  return {
    account: table.account,
    region: table.region,
    name: table.name,
    description: tableDescription(world, table, now, { warmThroughput: true }),
    tags: Object.fromEntries(table.tags.map((tag) => [tag.Key, tag.Value])),
    timeToLive: table.timeToLive,
    recovery: table.recovery,
  };
}

type Serving = {
  world: World;
  faults: Faults;
  now: () => number;
  record: (call: RecordedCall) => void;
  later: (milliseconds: number, act: () => void) => void;
};

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const host = request.headers.host ?? "";
  if (body === undefined) return void response.writeHead(413, { connection: "close" }).end();
  if (request.method === "GET") return void response.end(`healthy: ${host} `);
  if (request.method !== "POST") return void response.writeHead(404).end("<UnknownOperationException/>\n");
  let parsed: Request;
  try {
    parsed = parseRequest(request.headers, body);
  } catch (error) {
    const { status, answer } = answerTo(error);
    return respond(response, status, answer);
  }
  answer(serving, parsed, host, response);
}

function answer(serving: Serving, request: Request, host: string, response: ServerResponse): void {
  const { world, faults, now, record, later } = serving;
  const table = namedTable(request.input);
  const fault = faults.next(request.operation, table);
  const at = now();
  const call: RecordedCall = { ...request, table, at, outcome: "not executed", fault };
  record(call);
  const hangUp = () => later(faults.timeoutMs, () => response.destroy());
  if (fault === "timeoutBefore") {
    hangUp();
    return;
  }
  if (fault === "notDynamoDb") {
    response.writeHead(404, { "content-type": "text/html" }).end("<html>Not found</html>");
    return;
  }
  const { name, status, answer } = outcomeOf(() => {
    if (fault === "throttle") throw throttled();
    if (fault === "internalError") throw internalError();
    if (typeof fault === "object") throw new ServiceError(fault.name, fault.message, "model", fault.status);
    return runOperation(world, { ...request, now: at }, request.operation, request.input, host);
  });
  call.outcome = name;
  if (fault === "executeThenTimeout") hangUp();
  else later(fault === "slow" ? faults.slowMs : 0, () => respond(response, status, answer));
}

function outcomeOf(run: () => object | null): { name: string; status: number; answer: object | null } {
  try {
    return { name: "ok", status: 200, answer: run() };
  } catch (error) {
    return answerTo(error);
  }
}

/** What is no DynamoDB error is a fault of the sandbox itself: said on stderr, answered as a 500. */
function answerTo(error: unknown): { name: string; status: number; answer: object } {
  if (!(error instanceof ServiceError)) console.error("sandbox:", error);
  const known = error instanceof ServiceError ? error : internalError();
  return { name: known.name, status: known.status, answer: known.body() };
}

function namedTable(input: unknown): string | undefined {
  const { TableName, ResourceArn } = (input ?? {}) as Record<string, unknown>;
  const named = TableName ?? ResourceArn;
  return typeof named === "string" ? named.split("/").pop() : undefined;
}

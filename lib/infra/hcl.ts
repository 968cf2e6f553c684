import { once } from "node:events";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { Platform } from "#lib/terraform-import/table-name.ts";
import type { TerraformImport } from "#lib/terraform-import/terraform-import.ts";

/** A complaint of the parser: where, and why in its own words. */
export type HclFault = { line: number; column: number; reason: string };

/** A text, and what tables are made with where they are wanted. */
export type HclTask = { text: string; platform: Platform | null };

/**
 * What became of a text; `deep`: not parsed, for it nests deeper than `maxHclDepth`; `failed`: the parser stopped for
 * another reason than the text's grammar.
 */
export type HclAnswer<T = unknown> =
  | { kind: "parsed"; value: T }
  | { kind: "deep" }
  | { kind: "faulty"; faults: HclFault[] }
  | { kind: "failed"; reason: string };

/** `busy`: too many texts are waiting; `heavy`: over the limits of time or memory; `broken`: the thread ended by itself. */
export type HclResult<T = unknown> =
  | HclAnswer<T>
  | { kind: "busy" }
  | { kind: "heavy" }
  | { kind: "broken"; cause: unknown };

const maxWaiting = 4;
/** Memory that WebAssembly has grown to is given back only with the whole thread. */
const largeText = 64_000;
const idleSeconds = 60;
/** How many times longer than it may compute a text may take in all. */
const patience = 4;
/** A busy machine may take long to load the parser; that is not the fault of a text, so it does not count as its time. */
const maxStartSeconds = 30;

let worker: Worker | undefined;
/** Settled when a thread has said that it has loaded the parser. */
const started = new WeakMap<Worker, Promise<unknown>>();
let idle: NodeJS.Timeout | undefined;
let turn: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Parses HCL with HashiCorp's parser, in a thread that may be ended at any moment: no text can block or break this
 * process. Blocks become lists, expressions text of the form `${…}`, and literal text keeps its `$${` and `%%{`.
 * One text at a time. The caller bounds its size.
 */
export function parseHcl(text: string, { limitSeconds = 5 } = {}): Promise<HclResult> {
  return inTurn({ text, platform: null }, limitSeconds);
}

/** As `parseHcl`, and makes tables of it in the same thread, under the same limits: a short text may mean a lot of work. */
export function importHcl(text: string, platform: Platform): Promise<HclResult<TerraformImport>> {
  return inTurn({ text, platform }, 5) as Promise<HclResult<TerraformImport>>;
}

async function inTurn(task: HclTask, limitSeconds: number): Promise<HclResult> {
  if (waiting >= maxWaiting) return { kind: "busy" };
  waiting += 1;
  const mine = turn.then(() => workNow(task, limitSeconds));
  turn = mine.catch(() => undefined);
  return mine.finally(() => {
    waiting -= 1;
  });
}

async function workNow(task: HclTask, limitSeconds: number): Promise<HclResult> {
  clearTimeout(idle);
  const current = worker ?? startWorker();
  worker = current;
  try {
    await started.get(current);
  } catch (cause) {
    await stop(current);
    return { kind: "broken", cause };
  }
  const result = await ask(current, task, limitSeconds);
  const fine = result.kind === "parsed" || result.kind === "faulty" || result.kind === "deep";
  if (!fine || task.text.length > largeText) await stop(current);
  current.unref();
  idle = setTimeout(() => stop(current), idleSeconds * 1000).unref();
  return result;
}

function startWorker(): Worker {
  // Node runs the file as it is; a bundler must not follow the path.
  const file = resolve(/* turbopackIgnore: true */ process.cwd(), "lib/infra/hcl-worker.ts");
  const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
  const options = { argv: [], execArgv: [], env: {}, resourceLimits: limits, stdout: true, stderr: true };
  const thread = new Worker(/* turbopackIgnore: true */ file, options);
  // Without a listener the end of a thread that nobody waits for would end the process.
  thread.on("error", () => undefined);
  started.set(thread, once(thread, "message", { signal: AbortSignal.timeout(maxStartSeconds * 1000) }));
  return thread;
}

async function stop(stopped: Worker): Promise<void> {
  if (worker === stopped) worker = undefined;
  await stopped.terminate();
}

async function ask(current: Worker, task: HclTask, limitSeconds: number): Promise<HclResult> {
  const { promise, resolve: settle } = Promise.withResolvers<HclResult>();
  const answered = (answer: HclAnswer) => settle(answer);
  const broken = (cause: unknown) =>
    settle(isOutOfMemory(cause) ? { kind: "heavy" } : { kind: "broken", cause });
  current.once("message", answered).once("error", broken).once("exit", broken);
  current.ref();
  const stopWatching = await watchTime(current, limitSeconds, () => settle({ kind: "heavy" }));
  current.postMessage(task);
  return promise.finally(() => {
    stopWatching();
    current.off("message", answered).off("error", broken).off("exit", broken);
  });
}

/**
 * Calls `over` once the thread has computed for so long, or was at it far longer: on a busy machine a text does not
 * cost more than elsewhere, but people wait. Answers how to stop watching.
 */
async function watchTime(thread: Worker, limitSeconds: number, over: () => void): Promise<() => void> {
  const computed = () =>
    thread.cpuUsage().then(
      ({ user, system }) => (user + system) / 1e6,
      () => 0,
    );
  const before = await computed();
  const looking = setInterval(async () => {
    if ((await computed()) - before > limitSeconds) over();
  }, 200);
  const waiting = setTimeout(over, limitSeconds * patience * 1000);
  return () => {
    clearInterval(looking);
    clearTimeout(waiting);
  };
}

const isOutOfMemory = (cause: unknown) =>
  cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";

import { AsyncLocalStorage } from "node:async_hooks";

type Fields = Record<string, string>;

/** The server and the pages it serves are built apart, so what they share lies where both can find it. */
const place = globalThis as { [key: symbol]: AsyncLocalStorage<Fields> | undefined };
const key = Symbol.for("tablewright.log-context");
place[key] ??= new AsyncLocalStorage<Fields>();
const context = place[key];

/** Runs `use`; every line that is logged meanwhile, however deep down, carries these fields. */
export function withLogContext<T>(fields: Readonly<Fields>, use: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, use);
}

/** Adds fields to the present context, for its further lines: who asks is known later than that somebody does. */
export function addLogContext(fields: Readonly<Fields>): void {
  Object.assign(context.getStore() ?? {}, fields);
}

/** The fields of the present context. */
export function logContext(): Readonly<Fields> {
  return context.getStore() ?? {};
}

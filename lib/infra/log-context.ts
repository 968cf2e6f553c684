import { AsyncLocalStorage } from "node:async_hooks";

type Fields = Readonly<Record<string, string>>;

/** The server and the pages it serves are built apart, so what they share lies where both can find it. */
const place = globalThis as { [key: symbol]: AsyncLocalStorage<Fields> | undefined };
const key = Symbol.for("tablewright.log-context");
place[key] ??= new AsyncLocalStorage<Fields>();
const context = place[key];

/** Runs `use`; every line that is logged meanwhile, however deep down, carries these fields. */
export function withLogContext<T>(fields: Fields, use: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, use);
}

/** The fields of the present context. */
export function logContext(): Fields {
  return context.getStore() ?? {};
}

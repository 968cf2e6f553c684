import { parseArgs } from "node:util";
import { parseFaultPlan } from "./faults.ts";
import { startSandbox } from "./server.ts";

/** Runs the sandbox as a process of its own until SIGTERM or SIGINT: `node lib/sandbox/main.ts --port 8000 …`. */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env.SANDBOX_PORT ?? "0" },
    host: { type: "string", default: "127.0.0.1" },
    "state-file": { type: "string" },
    "creating-seconds": { type: "string" },
    "updating-seconds": { type: "string" },
    "deleting-seconds": { type: "string" },
    "ttl-seconds": { type: "string" },
    "fault-plan": { type: "string" },
  },
});

function numberOf(name: keyof typeof values): number | undefined {
  const text = values[name];
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new Error(`--${name} must be a number, 0 or more; "${text}" is none.`);
}

const sandbox = await startSandbox({
  port: numberOf("port"),
  host: values.host,
  stateFile: values["state-file"],
  creatingSeconds: numberOf("creating-seconds"),
  updatingSeconds: numberOf("updating-seconds"),
  deletingSeconds: numberOf("deleting-seconds"),
  ttlSeconds: numberOf("ttl-seconds"),
  faultPlan: values["fault-plan"] === undefined ? undefined : parseFaultPlan(values["fault-plan"]),
  recordCalls: false,
});
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    sandbox.close().then(() => process.exit(0));
  });

// Last, so that whoever reads this line may send a signal at once.
console.log(`sandbox listening on ${sandbox.url}`);

import { setTimeout as sleep } from "node:timers/promises";
import type { UserActor } from "#lib/core/actor.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { getOutputs } from "#lib/requests/page-queries.ts";
import { submitRequest } from "#lib/requests/submit.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";
import { makeActor } from "#prisma/factories.ts";
import { createBare } from "./bare-sdk.ts";
import { percentile, printTable } from "./report.ts";
import { setStage } from "./stage.ts";

/** The module's three examples, in turn. */
const examples: TableSpecInput[] = [
  { partition_key: "user_id", enable_point_in_time_recovery: true },
  {
    partition_key: "event_type",
    sort_key: "timestamp",
    type: "time-series",
    attribute_types: { timestamp: "N" },
    enable_ttl: true,
    enable_stream: true,
  },
  { partition_key: "session_id", enable_ttl: true, ttl_attribute: "expires_at" },
];
const rounds = 12;
const many = 100;
const manyRounds = 5;
const targets = { overheadMilliseconds: 150, ratio: 1.3 };

const stage = await setStage({ creatingSeconds: 1 });
let made = 0;
try {
  const requester = await makeActor("bench");
  const approver = await makeActor("platform");
  // Both sides warm: a process that has just started runs everything at half its speed.
  for (const count of [1, many]) {
    await bare(count);
    await through(requester, approver, count);
  }

  const one = { portal: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    one.bare.push(await bare(1));
    one.portal.push(await through(requester, approver, 1));
  }
  const hundred = { portal: [] as number[], bare: [] as number[] };
  for (let round = 0; round < manyRounds; round++) {
    hundred.bare.push(await bare(many));
    hundred.portal.push(await through(requester, approver, many));
  }
  const overhead = percentile(one.portal, 50) - percentile(one.bare, 50);
  const ratio = percentile(hundred.portal, 50) / percentile(hundred.bare, 50);
  printTable("approve → ACTIVE with outputs, CREATING at 1 s", [
    ["case", "bare SDK p50 ms", "portal p50 ms", "measured", "target"],
    row("one table", one, `+${Math.round(overhead)} ms`, `≤ +${targets.overheadMilliseconds} ms`),
    row(`${many} tables in one request`, hundred, `× ${ratio.toFixed(2)}`, `≤ × ${targets.ratio}`),
  ]);
  if (overhead > targets.overheadMilliseconds || ratio > targets.ratio) process.exitCode = 1;
} finally {
  await stage.close();
}

function row(name: string, times: { portal: number[]; bare: number[] }, measured: string, target: string) {
  return [
    name,
    String(Math.round(percentile(times.bare, 50))),
    String(Math.round(percentile(times.portal, 50))),
    measured,
    target,
  ];
}

/** Milliseconds the bare SDK takes for `count` tables side by side. */
async function bare(count: number): Promise<number> {
  const begun = performance.now();
  const names = Array.from({ length: count }, () => `bare-${made++}`);
  await Promise.all(names.map((name, index) => createBare(stage.sandboxUrl, name, examples[index % 3]!)));
  return performance.now() - begun;
}

/** Milliseconds from the approver's decision until the outputs of all tables can be read. */
async function through(requester: UserActor, approver: UserActor, count: number): Promise<number> {
  const tables = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`t${made++}`, examples[index % 3]!]),
  );
  const body = { kind: "create", project: "bench", environment: "dev", tables, justification: "Bench" };
  const { id } = await submitRequest(requester, { body });
  const begun = performance.now();
  await approveRequest(approver, { id, version: 1 });
  for (;;) {
    const { state } = await db().request.findUniqueOrThrow({ where: { id }, select: { state: true } });
    if (state === "completed") break;
    if (state === "failed") throw new Error(`Request ${id} failed`);
    await sleep(20);
  }
  const { table_arns } = await getOutputs(requester, { id });
  if (Object.keys(table_arns).length !== count) throw new Error("Outputs are missing");
  return performance.now() - begun;
}

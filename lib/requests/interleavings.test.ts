import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { db } from "#lib/infra/db.ts";
import { ensureOperations } from "#lib/provisioning/ensure-operations.ts";
import { aTable, auditOf, makeActor, makeActors, makeRequest, requestRow } from "#prisma/factories.ts";
import { changeTestConfig, useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { expireRequest } from "./expire.ts";
import { reevaluateRequests } from "./re-evaluate.job.ts";
import { resubmitRequest } from "./resubmit.ts";

useTestConfig();
useTestDatabase();

let dana: UserActor;
let approvers: UserActor[];
beforeAll(async () => {
  dana = await makeActor("shop-devs");
  approvers = await makeActors(20, "platform");
});

const system = { kind: "system", job: "tests" } as const;
const rivals = ["edit", "cancel", "expire", "re-evaluate", "workers"] as const;
type Rival = (typeof rivals)[number];

/** The rule of the `many` environment asks for three; the changed file asks for two, or gives other tags. */
const configurations = {
  same: (text: string) => `${text}\n# as it was\n`,
  "two approve": (text: string) => text.replace("count: 3", "count: 2"),
  "other tags": (text: string) => text.replace("many: { ", 'many: { tags: { Team: "seven" }, '),
};

async function run(rival: Rival, id: string, key: string): Promise<unknown> {
  if (rival === "edit")
    return resubmitRequest(dana, { id, version: 1, tables: { [key]: aTable({ enable_ttl: true }) } });
  if (rival === "cancel") return cancelRequest(dana, { id, version: 1 });
  if (rival === "expire") return expireRequest(system, { id });
  if (rival === "workers") return Promise.all([ensureOperations(id), ensureOperations(id)]);
  return reevaluateRequests(system);
}

/** Refusals are answers; anything else is a fault. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** What must hold of a request at any moment, whoever was quicker. */
async function requireSound(id: string, accepted: number): Promise<void> {
  const row = await requestRow(id);
  const lines = (await auditOf(id)).map(({ event }) => event);
  const count = (event: string) => lines.filter((one) => one === event).length;
  const people = row.approvals.map(({ personId, version }) => `${personId} ${version}`);
  expect(new Set(people).size).toBe(people.length);
  expect(row.approvals.length).toBe(accepted);
  expect(count("request.approve")).toBe(accepted);
  const completing = (await auditOf(id)).filter(
    ({ event, data }) => event === "request.approve" && (data as { complete: boolean }).complete,
  );
  expect(completing.length).toBeLessThanOrEqual(1);
  const ended = count("request.cancel") + count("request.expire");
  expect(ended).toBeLessThanOrEqual(1);
  if (row.state === "cancelled" || row.state === "expired") expect(ended).toBe(1);
  const [required] = row.required as { count: number }[];
  const current = row.approvals.filter(({ version }) => version === row.version);
  if (row.approvedAt && row.state !== "sent_back") {
    expect(current.length).toBe(required!.count);
    for (const { pin } of current) expect(pin).toBe(row.pin);
  }
  if (row.state === "submitted") expect(current.length).toBeLessThan(required!.count);
  expect(count("request.start")).toBeLessThanOrEqual(1);
  const operations = await db().operation.count({ where: { requestId: id } });
  expect(operations).toBe(row.state === "provisioning" ? 1 : 0);
}

let made = 0;

test("however approvals, an edit, a cancellation, expiry, workers and a changed configuration interleave, there is one outcome", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...(Object.keys(configurations) as (keyof typeof configurations)[])),
      fc.integer({ min: 2, max: 5 }),
      fc.uniqueArray(fc.constantFrom(...rivals), { maxLength: 3 }),
      fc.infiniteStream(fc.nat(1000)),
      fc.boolean(),
      async (configuration, approving, others, order, overdue) => {
        const key = `many-${++made}`;
        const id = await makeRequest(dana, { environment: "many", tables: { [key]: aTable() } });
        if (overdue)
          await db()
            .$executeRaw`update request set "updatedAt" = now() - interval '40 days' where id = ${id}::uuid`;
        const first = approvers.slice(0, approving);
        let accepted = 0;
        const approve = async (actor: UserActor) => {
          const answer = await outcome(approveRequest(actor, { id, version: 1 }));
          if (answer === "ok") accepted += 1;
        };
        const work = [
          ...first.map((actor) => () => approve(actor)),
          ...others.map((rival) => () => outcome(run(rival, id, key))),
        ];
        const shuffled = work
          .map((one) => ({ one, at: order.next().value as number }))
          .toSorted((a, b) => a.at - b.at);
        await changeTestConfig(configurations[configuration], async () => {
          await Promise.all(shuffled.map(({ one }) => one()));
          // Everybody saw version 1, which comes to something else under another configuration.
          if (configuration !== "same") expect(accepted).toBe(0);
          await requireSound(id, accepted);
          await outcome(ensureOperations(id));
          await requireSound(id, accepted);
        });
        // What is left waiting would be looked at again by the next run.
        await outcome(cancelRequest(dana, { id, version: (await requestRow(id)).version }));
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);

test("of twenty people who approve at once exactly three are counted, and one operation is made", async () => {
  const id = await makeRequest(dana, { environment: "many" });
  const answers = await Promise.all(
    approvers.map((actor) => outcome(approveRequest(actor, { id, version: 1 }))),
  );
  expect(answers.filter((one) => one === "ok")).toHaveLength(3);
  await Promise.all([ensureOperations(id), ensureOperations(id)]);
  await requireSound(id, 3);
  expect((await requestRow(id)).state).toBe("provisioning");
});

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError, type ErrorCode } from "#lib/core/errors.ts";
import {
  aTable,
  auditOf,
  failRequest,
  jobsFor,
  makeActor,
  makeRequest,
  requestRow,
} from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { approveRequest } from "./approve.ts";
import { cancelRequest } from "./cancel.ts";
import { commentOnRequest } from "./comment.ts";
import { rejectRequest } from "./reject.ts";
import { resubmitRequest } from "./resubmit.ts";
import { retryRequest } from "./retry.ts";
import { sendBackRequest } from "./send-back.ts";

useTestConfig();
useTestDatabase();

/** Who takes part, with their groups: a request to `prod` needs two of platform, then one of security. */
const groupsOf = {
  dana: ["shop-devs"],
  pat: ["platform"],
  priya: ["platform"],
  alex: ["platform", "security"],
  sam: ["security"],
  noor: ["billing-devs"],
} as const;
type Name = keyof typeof groupsOf;
const names = Object.keys(groupsOf) as Name[];
const people = {} as Record<Name, UserActor>;
beforeAll(async () => {
  for (const name of names) people[name] = await makeActor(...groupsOf[name]);
});

const verbs = {
  approve: approveRequest,
  reject: rejectRequest,
  "send-back": sendBackRequest,
  cancel: cancelRequest,
  retry: retryRequest,
};
type Verb = keyof typeof verbs | "resubmit" | "comment" | "workers fail";
/** `behind`: how many versions ago the person looked. */
type Plan = { who: Name; verb: Verb; behind: number };
/** `seen`: the version the person looked at. */
type Action = { who: Name; verb: Verb; seen: number };
type Outcome = "ok" | ErrorCode;

/** What a request is, written anew from what the contract says of states, versions and turns. */
type Model = {
  state: string;
  version: number;
  given: { who: Name; group: string; decision: string; version: number }[];
  holdsName: boolean;
  lines: number;
  jobs: number;
};
const start: Model = { state: "submitted", version: 1, given: [], holdsName: true, lines: 1, jobs: 0 };
const open: Record<string, string[]> = {
  approve: ["submitted"],
  reject: ["submitted"],
  "send-back": ["submitted"],
  resubmit: ["submitted", "sent_back", "failed"],
  cancel: ["submitted", "sent_back", "approved", "failed"],
  retry: ["failed"],
};

function turnOf(model: Model): string | null {
  const now = model.given.filter((one) => one.version === model.version && one.decision === "approve");
  if (now.filter((one) => one.group === "platform").length < 2) return "platform";
  return now.some((one) => one.group === "security") ? null : "security";
}

function act(model: Model, { who, verb, seen }: Action): [Model, Outcome] {
  if (verb === "workers fail") {
    const works = ["approved", "provisioning"].includes(model.state);
    return [works ? { ...model, state: "failed" } : model, "ok"];
  }
  if (who === "noor") return [model, "NOT_FOUND"];
  const done = { ...model, lines: model.lines + 1 };
  if (verb === "comment") return [done, "ok"];
  if (!open[verb]!.includes(model.state) || seen !== model.version) return [model, "CONFLICT"];
  const groups: readonly string[] = groupsOf[who];
  if (verb === "resubmit") {
    return who === "dana"
      ? [{ ...done, state: "submitted", version: model.version + 1 }, "ok"]
      : [model, "FORBIDDEN"];
  }
  if (verb === "cancel" || verb === "retry") {
    if (who !== "dana" && !groups.includes("platform")) return [model, "FORBIDDEN"];
    return verb === "cancel"
      ? [{ ...done, state: "cancelled", holdsName: false }, "ok"]
      : [{ ...done, state: "provisioning", jobs: model.jobs + 1 }, "ok"];
  }
  if (model.given.some((one) => one.who === who && one.version === model.version)) return [model, "CONFLICT"];
  const group = turnOf(model);
  if (who === "dana" || group === null || !groups.includes(group)) return [model, "FORBIDDEN"];
  const decided = {
    ...done,
    given: [...model.given, { who, group, decision: verb, version: model.version }],
  };
  if (verb === "reject") return [{ ...decided, state: "rejected", holdsName: false }, "ok"];
  if (verb === "send-back") return [{ ...decided, state: "sent_back" }, "ok"];
  if (turnOf(decided) !== null) return [decided, "ok"];
  return [{ ...decided, state: "approved", jobs: model.jobs + 1 }, "ok"];
}

async function perform(id: string, key: string, model: Model, action: Action): Promise<Outcome> {
  const input = { id, version: action.seen, comment: "Because" };
  const actor = people[action.who];
  try {
    if (action.verb === "workers fail") {
      if (["approved", "provisioning"].includes(model.state)) await failRequest(id);
    } else if (action.verb === "comment") await commentOnRequest(actor, { id, comment: "Hi" });
    else if (action.verb === "resubmit")
      await resubmitRequest(actor, { id, version: input.version, tables: { [key]: aTable() } });
    else await verbs[action.verb](actor, input);
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function look(id: string): Promise<Model> {
  const row = await requestRow(id);
  return {
    state: row.state,
    version: row.version,
    given: row.approvals.map(({ personId, group, decision, version }) => ({
      who: names.find((name) => people[name].id === personId)!,
      group,
      decision: decision.replace("_", "-"),
      version,
    })),
    holdsName: row.tables.every((table) => table.holdsName),
    lines: (await auditOf(id)).length,
    jobs: await jobsFor(id),
  };
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const comparable = (model: Model, outcomes: Outcome[]) =>
  JSON.stringify([{ ...model, given: model.given.map((one) => JSON.stringify(one)).toSorted() }, outcomes]);

/** What the model says of these actions, one after another in each possible order. */
function possible(model: Model, actions: Action[]): string[] {
  return orders([...actions.keys()]).map((order) => {
    const outcomes: Outcome[] = [];
    let after = model;
    for (const index of order) [after, outcomes[index]] = act(after, actions[index]!);
    return comparable(after, outcomes);
  });
}

const frequent = <T>(weight: number, ...values: T[]) => ({ weight, arbitrary: fc.constantFrom(...values) });
const actionArbitrary: fc.Arbitrary<Plan> = fc.record({
  who: fc.oneof(frequent(8, ...names.filter((name) => name !== "noor")), frequent<Name>(1, "noor")),
  verb: fc.oneof(
    frequent<Verb>(8, "approve"),
    frequent<Verb>(3, "resubmit"),
    frequent<Verb>(1, "reject", "send-back", "cancel", "comment"),
    frequent<Verb>(2, "retry"),
  ),
  behind: fc.oneof(frequent(9, 0), frequent(1, 1)),
});
/** People act at once; the workers, who take no turn here, by themselves. */
const batchArbitrary = fc.oneof(
  { weight: 5, arbitrary: fc.array(actionArbitrary, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<Plan[]>([{ who: "dana", verb: "workers fail", behind: 0 }]) },
);

let made = 0;

test("whatever people do at once to one request, it ends as if they had done it one after another", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batchArbitrary, { minLength: 3, maxLength: 9 }), async (batches) => {
      const key = `race-${++made}`;
      const id = await makeRequest(people.dana, { environment: "prod", tables: { [key]: aTable() } });
      let model = start;
      for (const batch of batches) {
        const actions = batch.map(({ who, verb, behind }) => {
          return { who, verb, seen: Math.max(1, model.version - behind) };
        });
        const outcomes = await Promise.all(actions.map((action) => perform(id, key, model, action)));
        const now = await look(id);
        expect(possible(model, actions)).toContain(comparable(now, outcomes));
        model = now;
      }
    }),
    { numRuns: 30, seed: 20260102 },
  );
}, 120_000);

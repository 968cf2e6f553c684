import { resolveTableName, tableArn, userArn } from "./arns.ts";
import type { OperationName } from "./input-shapes.ts";
import { accessDenied, throttled } from "./service-error.ts";
import type { Caller, OnTable } from "./wire.ts";
import type { World } from "./world.ts";

/**
 * throttle: ThrottlingException. internalError: InternalServerError, HTTP 500, not executed. timeoutBefore: no answer, not
 * executed. executeThenTimeout: executed, no answer. slow: executed, answered late. notDynamoDb: an HTML page, HTTP 404,
 * as some emulators answer what they do not know.
 */
export const faultKinds = [
  "throttle",
  "timeoutBefore",
  "executeThenTimeout",
  "internalError",
  "slow",
  "notDynamoDb",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Any other error, word for word. */
export type FaultError = { name: string; message: string; status?: number };

/** Random faults, the same ones for the same seed and the same order of requests. Rates from 0 to 1, together at most 1. */
export type FaultPlan = {
  seed: number;
  rates: Partial<Record<FaultKind, number>>;
  /** Absent: all operations. Only these count as requests of the plan. */
  operations?: readonly string[];
  slowMilliseconds?: number;
  /** How long a request of the time-out kinds hangs before its connection is closed; default 0: closed at once. */
  timeoutMilliseconds?: number;
};

/** @throws Error when a plan read from outside is not one */
export function parseFaultPlan(json: string): FaultPlan {
  const plan = JSON.parse(json) as Partial<FaultPlan> | null;
  if (typeof plan?.seed !== "number" || typeof plan.rates !== "object" || plan.rates === null)
    throw new Error('A fault plan is JSON like {"seed":1,"rates":{"throttle":0.05}}.');
  for (const [kind, rate] of Object.entries(plan.rates)) {
    if (!(faultKinds as readonly string[]).includes(kind))
      throw new Error(`Fault plan: no fault is called "${kind}"; there are ${faultKinds.join(", ")}.`);
    if (typeof rate !== "number" || rate < 0 || rate > 1)
      throw new Error(`Fault plan: the rate of "${kind}" must be a number from 0 to 1.`);
  }
  return plan as FaultPlan;
}

/** The faults injected into requests: one-shot ones first, then the plan's. */
export type Faults = ReturnType<typeof createFaults>;

export function createFaults(plan: FaultPlan | undefined) {
  const oneShots: {
    operation: string;
    fault: FaultKind | FaultError;
    table: string | undefined;
    times: number;
  }[] = [];
  let requests = 0;
  return {
    slowMs: plan?.slowMilliseconds ?? 1_000,
    timeoutMs: plan?.timeoutMilliseconds ?? 0,
    /** The next `times` (default 1) requests of an operation, of one table where named, meet the fault. */
    failNext(
      operation: OperationName,
      fault: FaultKind | FaultError,
      { table, times = 1 }: { table?: string; times?: number } = {},
    ): void {
      oneShots.push({ operation, fault, table, times });
    },
    next(operation: string, table: string | undefined): FaultKind | FaultError | undefined {
      const position = oneShots.findIndex(
        (shot) => shot.operation === operation && (shot.table === undefined || shot.table === table),
      );
      const shot = oneShots[position];
      if (shot) {
        shot.times -= 1;
        if (shot.times <= 0) oneShots.splice(position, 1);
        return shot.fault;
      }
      if (!plan || (plan.operations && !plan.operations.includes(operation))) return undefined;
      requests += 1;
      return drawFault(plan, requests);
    },
  };
}

/** The fault of the plan's n-th request. */
export function drawFault(plan: FaultPlan, request: number): FaultKind | undefined {
  let draw = pseudoRandom(plan.seed, request);
  for (const kind of faultKinds) {
    draw -= plan.rates[kind] ?? 0;
    if (draw < 0) return kind;
  }
  return undefined;
}

/** A number in [0, 1) from two integers: the mixing steps of splitmix32. */
function pseudoRandom(seed: number, counter: number): number {
  let mixed = (Math.imul(seed, 0x9e3779b9) + Math.imul(counter, 0x85ebca6b)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

const namedThrottles = 5;

/**
 * Faults for people, by table name: `-fail-throttle` throttles the first five CreateTables, `-fail-create` denies the
 * first. Counted per account, region and name, over restarts and over deletions of the table.
 * @throws ServiceError ThrottlingException or AccessDeniedException
 */
export function meetNamedFault(world: World, caller: Caller, input: OnTable): void {
  const name = resolveTableName(caller, input.TableName);
  if (name.includes("-fail-throttle") && world.tables.countOf(caller, "throttle", name) < namedThrottles) {
    world.tables.countUp(caller, "throttle", name);
    throw throttled("The rate of control plane requests made by this account is too high");
  }
  if (name.includes("-fail-create") && world.tables.countOf(caller, "deny", name) < 1) {
    world.tables.countUp(caller, "deny", name);
    throw accessDenied(
      `User: ${userArn(caller)} is not authorized to perform: dynamodb:CreateTable on resource: ${tableArn(caller, name)} because no identity-based policy allows the dynamodb:CreateTable action`,
    );
  }
}

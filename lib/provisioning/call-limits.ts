import { setTimeout as sleep } from "node:timers/promises";
import type { ApiCall } from "#lib/infra/aws/failure.ts";
import type { CallHook } from "#lib/infra/aws/gateway.ts";
import { RateLimiter } from "./pacing.ts";

/**
 * Calls a second in one account and region, kept below DynamoDB's own limits: ListTagsOfResource and
 * DescribeContinuousBackups take 10 a second, the control plane 2,500 in all.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
 */
const perSecond: Record<ApiCall, number> = {
  CreateTable: 50,
  DescribeTable: 200,
  ListTables: 10,
  DescribeTimeToLive: 10,
  DescribeContinuousBackups: 8,
  ListTagsOfResource: 8,
  UpdateTimeToLive: 10,
  UpdateContinuousBackups: 8,
  UpdateTable: 20,
  DeleteTable: 20,
  GetCallerIdentity: 10,
};

const limiters = new Map<string, RateLimiter>();

/** A hook that holds calls to one account and region to their rates. An endpoint of one's own needs none. */
export function limitCalls(where: { account: string; region: string }): CallHook {
  return async ({ operation }, send) => {
    const key = `${where.account}/${where.region}/${operation}`;
    const limiter = limiters.get(key) ?? new RateLimiter(perSecond[operation]);
    limiters.set(key, limiter);
    const milliseconds = limiter.take();
    if (milliseconds > 0) await sleep(milliseconds);
    return send();
  };
}

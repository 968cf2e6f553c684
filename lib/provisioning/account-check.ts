import { classifyFailure } from "#lib/infra/aws/failure.ts";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { EnvironmentConfig } from "#lib/infra/config.ts";
import { Overtaken } from "./progress-store.ts";
import type { Blocked } from "./target-guard.ts";

/** How long an answer of GetCallerIdentity is believed; role sessions last 15 minutes. */
const believedMilliseconds = 5 * 60_000;
const believed = new Map<string, number>();

/**
 * Asks STS whose credentials these are, before anything is written with them. Null when they belong to the configured
 * account; else why nothing may be sent. Throws Overtaken when the lease has run out.
 */
export async function accountProblem(
  gateway: DynamoGateway,
  environment: EnvironmentConfig,
): Promise<Blocked | null> {
  const key = JSON.stringify([environment.account, environment.region, environment.role_arn]);
  if (performance.now() < (believed.get(key) ?? 0)) return null;
  let account: string;
  try {
    account = await gateway.callerAccount();
  } catch (error) {
    if (error instanceof Overtaken) throw error;
    const failure = classifyFailure(error, { call: "GetCallerIdentity", endpoint: false });
    const why = `${failure.message}\n${failure.explanation}`;
    return failure.kind === "stop" ? { do: "stop", why } : { do: "pause", why };
  }
  if (account !== environment.account) {
    return {
      do: "stop",
      why: `The credentials belong to the account ${account}, but ${environment.name} is configured for ${environment.account}. Nothing was sent.`,
    };
  }
  believed.set(key, performance.now() + believedMilliseconds);
  return null;
}

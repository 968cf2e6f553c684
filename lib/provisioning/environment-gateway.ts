import { targetOf } from "#lib/environments/target.ts";
import { connect, type DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { EnvironmentConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { limitCalls } from "./call-limits.ts";

/**
 * The way to an environment's account and region for what is no operation, held to AWS's rates where it is AWS. `session`
 * ends up in the role session's name and tags. Throws UNAVAILABLE where the sandbox is meant and does not run.
 */
export function gatewayTo(
  environment: EnvironmentConfig,
  session: { operationId?: string; requester?: string } = {},
): DynamoGateway {
  const target = { ...accountOf(environment, env), ...session };
  return connect(target, { onCall: environment.endpoint === null ? limitCalls(environment) : undefined });
}

/** Where an environment's calls go, and the role they are made in. Throws UNAVAILABLE where the sandbox is meant and does not run. */
export const accountOf = (environment: EnvironmentConfig, { sandboxUrl }: { sandboxUrl: string | null }) => ({
  endpoint: targetOf(environment, { sandboxUrl }),
  account: environment.account,
  region: environment.region,
  roleArn: environment.role_arn,
  externalId: environment.external_id,
});

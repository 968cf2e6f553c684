import { nameScope } from "#lib/environments/target.ts";
import { type CallHook, connect, type DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { Config, EnvironmentConfig } from "#lib/infra/config.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import { accountOf } from "./environment-gateway.ts";
import type { Facet } from "./observed.ts";
import type { Desired } from "./plan.ts";
import type { Work } from "./progress-store.ts";

/** Why an operation cannot go on where it was approved for: `stop` asks a person, `pause` waits. */
export type Blocked = { do: "stop" | "pause"; why: string };

type Settings = Pick<Config, "environments" | "tags">;

/**
 * The environment of an operation, as long as it is the one the request was submitted for. A request keeps its
 * account, region and endpoint: where the configuration names others now, nothing is sent.
 */
export function environmentOf(work: Work, config: Settings): EnvironmentConfig | Blocked {
  const { table } = work;
  const environment = config.environments.find((one) => one.name === table.environment);
  if (!environment) {
    return {
      do: "stop",
      why: `The environment ${table.environment} is not in the configuration any more, so nothing was sent. Put it back and retry, or cancel the request.`,
    };
  }
  const wanted = `${table.endpoint}, account ${table.account}, region ${table.region}`;
  const found = `${nameScope(environment)}, account ${environment.account}, region ${environment.region}`;
  if (wanted !== found) {
    return {
      do: "stop",
      why: `The request was submitted for ${wanted}; the configuration of ${table.environment} says ${found} now. Nothing was sent. Put the configuration back and retry, or submit a new request.`,
    };
  }
  if (environment.paused) return { do: "pause", why: `The environment ${table.environment} is paused` };
  return environment;
}

/** What the table is to become: the approved spec and all its tags. */
export function desiredOf(work: Work, environment: EnvironmentConfig, config: Settings): Desired {
  const { table } = work;
  const spec = table.spec as TableSpec;
  const tags = composeTags({
    spec,
    configTags: config.tags,
    environmentTags: environment.tags,
    project: table.project,
    environment: table.environment,
    name: table.name,
    tableId: table.id,
  });
  return { name: table.name, spec, tags, unsupported: table.unsupported as Facet[] };
}

/** The way to the account and region of an operation. */
export function gatewayOf(
  work: Work,
  environment: EnvironmentConfig,
  options: { sandboxUrl: string | null; onCall?: CallHook },
): DynamoGateway {
  const target = {
    ...accountOf(environment, options),
    operationId: work.id,
    requester: work.request.requester.email,
  };
  return connect(target, { onCall: options.onCall });
}

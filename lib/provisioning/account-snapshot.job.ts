import { nameScope, targetOf } from "#lib/environments/target.ts";
import { classifyFailure } from "#lib/infra/aws/failure.ts";
import { connect } from "#lib/infra/aws/gateway.ts";
import { type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { env } from "#lib/infra/env.ts";
import { log } from "#lib/infra/log.ts";
import { limitCalls } from "./call-limits.ts";

/** An account is looked at again this long after the last look began, by one worker of all. */
const everySeconds = 300;

/**
 * Lists the tables of every account and region of the configuration that nobody has looked at for five minutes, so that
 * web servers, which have no AWS rights, know how many there are and which names are taken.
 */
export async function takeAccountSnapshots(): Promise<void> {
  const environments = getConfig().environments.filter(({ paused }) => !paused);
  const places = new Map(environments.map((one) => [JSON.stringify(placeOf(one)), one]));
  await Promise.all([...places.values()].map(takeSnapshot));
}

/** What a snapshot is of: the scope of names. */
function placeOf(environment: EnvironmentConfig) {
  const { account, region } = environment;
  return { endpoint: nameScope(environment), account, region };
}

async function takeSnapshot(environment: EnvironmentConfig): Promise<void> {
  const { endpoint, account, region } = placeOf(environment);
  const claimed = await db().$executeRaw`
    insert into account_snapshot as known (endpoint, account, region, "claimedAt")
    values (${endpoint}, ${account}, ${region}, now())
    on conflict (endpoint, account, region) do update set "claimedAt" = now()
    where known."claimedAt" < now() - make_interval(secs => ${everySeconds}::int)`;
  if (claimed === 0) return;
  try {
    const gateway = connect(
      {
        endpoint: targetOf(environment, { sandboxUrl: env.sandboxUrl }),
        account,
        region,
        roleArn: environment.role_arn,
        externalId: environment.external_id,
      },
      { onCall: environment.endpoint === null ? limitCalls(environment) : undefined },
    );
    const names = await gateway.listTables();
    await db().$executeRaw`
      update account_snapshot set names = ${names}::text[], "takenAt" = now()
      where endpoint = ${endpoint} and account = ${account} and region = ${region}`;
  } catch (error) {
    // Never the error as it is: AWS quotes the signed request back, session token and all, when it refuses one.
    const { message } = classifyFailure(error, {
      call: "ListTables",
      endpoint: environment.endpoint !== null,
    });
    log.warn({ account, region, reason: message }, "could not list an account's tables");
  }
}

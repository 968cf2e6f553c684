import { classifyFailure } from "#lib/infra/aws/failure.ts";
import { type EnvironmentConfig, getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { log } from "#lib/infra/log.ts";
import { targetIn } from "#lib/requests/judge.ts";
import { gatewayTo } from "./environment-gateway.ts";

/** An account is looked at again this long after the last look began, by one worker of all. */
const everySeconds = 300;

/**
 * Lists the tables of every account and region of the configuration that nobody has looked at for five minutes, so that
 * web servers, which have no AWS rights, know how many there are and which names are taken.
 */
export async function takeAccountSnapshots(): Promise<void> {
  const environments = getConfig().environments.filter(({ paused }) => !paused);
  const places = new Map(environments.map((one) => [JSON.stringify(targetIn(one)), one]));
  await Promise.all([...places.values()].map(takeSnapshot));
}

async function takeSnapshot(environment: EnvironmentConfig): Promise<void> {
  const { endpoint, account, region } = targetIn(environment);
  const claimed = await db().$executeRaw`
    insert into account_snapshot as known (endpoint, account, region, "claimedAt")
    values (${endpoint}, ${account}, ${region}, now())
    on conflict (endpoint, account, region) do update set "claimedAt" = now()
    where known."claimedAt" < now() - make_interval(secs => ${everySeconds}::int)`;
  if (claimed === 0) return;
  try {
    const names = await gatewayTo(environment).listTables();
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

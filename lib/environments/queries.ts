import { seesAll, type UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";

/** `GET /projects`: those the actor may see. */
export async function listProjects(actor: UserActor) {
  const names = Object.keys(getConfig().projects);
  const visible = names.filter((name) => seesAll(actor) || actor.projects.includes(name));
  return { items: visible.map((name) => ({ name, member: actor.projects.includes(name) })) };
}

/** `GET /environments`, in promotion order. `endpoint` is the URL calls go to; null is AWS. */
export async function listEnvironments(_actor: UserActor) {
  return {
    items: getConfig().environments.map(({ name, account, region, endpoint, paused }) => ({
      name,
      account,
      region,
      sandbox: endpoint === "sandbox",
      endpoint: endpoint === "sandbox" ? env.sandboxUrl : endpoint,
      paused,
    })),
  };
}

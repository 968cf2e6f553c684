import type { TokenScope, UserActor } from "#lib/core/actor.ts";
import type { Config } from "#lib/infra/config.ts";

type Person = { id: string; email: string; name: string; groups: string[] };

/**
 * A person as an actor: their groups, and the projects whose developers (groups or e-mails) they are among.
 * `scopes`: null in a browser session, else those of the token they act through.
 */
export function actorOf(person: Person, config: Config, scopes: readonly TokenScope[] | null): UserActor {
  const email = person.email.toLowerCase();
  const isDeveloper = (developers: readonly string[]) =>
    developers.some((entry) => entry === email || person.groups.includes(entry));
  return {
    kind: "user",
    id: person.id,
    email: person.email,
    name: person.name,
    groups: person.groups,
    projects: Object.keys(config.projects).filter((name) => isDeveloper(config.projects[name]!.developers)),
    platform: person.groups.includes(config.platform_group),
    auditor: config.auditor_group !== null && person.groups.includes(config.auditor_group),
    scopes,
  };
}

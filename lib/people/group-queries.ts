import * as z from "zod";
import { seesAll, type UserActor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { type Config, getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import type { PeopleSettings, ProjectMembersView } from "./schema.ts";

const mostMembers = 200;

/**
 * The groups that the configuration names, with the people known to be in them, and the developers of the projects
 * that the actor may see. Groups are as they were when each person last signed in.
 */
export const getPeopleSettings = query({
  input: z.strictObject({}),
  run: async (actor: UserActor): Promise<PeopleSettings> => {
    const config = getConfig();
    const projects = Object.entries(config.projects)
      .filter(([name]) => seesAll(actor) || actor.projects.includes(name))
      .map(([name, { developers }]) => ({
        name,
        groups: developers.filter((entry) => !entry.includes("@")),
        emails: developers.filter((entry) => entry.includes("@")),
      }));
    const roles = rolesOf(config, projects);
    const groups = await Promise.all(
      [...roles].map(async ([name, does]) => ({ name, roles: does, members: await membersOf(name) })),
    );
    return { groups, projects };
  },
});

function rolesOf(config: Config, projects: readonly ProjectMembersView[]): Map<string, string[]> {
  const roles = new Map<string, string[]>();
  const note = (group: string, role: string) => roles.set(group, [...(roles.get(group) ?? []), role]);
  note(config.platform_group, "sees everything, may ask anywhere");
  if (config.auditor_group !== null) note(config.auditor_group, "sees everything, changes nothing");
  const approvers = config.approvals.flatMap(({ require }) => require.map(({ group }) => group));
  for (const group of new Set(approvers)) {
    const rules = config.approvals.filter(({ require }) => require.some((entry) => entry.group === group));
    note(group, `approves where the rule says so: ${rules.map(({ id }) => id).join(", ")}`);
  }
  for (const { name, groups } of projects) for (const group of groups) note(group, `develops ${name}`);
  return roles;
}

function membersOf(group: string) {
  return db().user.findMany({
    where: { groups: { has: group }, deactivatedAt: null },
    select: { name: true, email: true },
    orderBy: { name: "asc" },
    take: mostMembers,
  });
}

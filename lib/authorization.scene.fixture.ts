import { randomUUID } from "node:crypto";
import { type Actor, tokenScopes, type UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { saveDraft } from "#lib/requests/save-draft.ts";
import {
  aRequestBody,
  aTable,
  failRequest,
  makeDecommission,
  makePerson,
  makeRequest,
  makeToken,
  requestRow,
} from "#prisma/factories.ts";

/**
 * The configuration of the matrix: the platform group approves nothing here, so that being of it and being an approver
 * are told apart. The group `platform` decides first in `prod`, `security` after it.
 */
export const matrixConfig = `platform_group: admins
auditor_group: auditors
notifications: [{ slack: { url_env: TEST_SLACK_URL, events: ["*"] } }]`;

/** The groups of each kind of person. All objects are the requester's, in the project shop. */
const groupsOf = {
  /** Of the group in turn as well: their own request is still none of theirs to decide. */
  requester: ["shop-devs", "platform"],
  member: ["shop-devs"],
  stranger: ["billing-devs"],
  "in-turn": ["platform"],
  "out-of-turn": ["security"],
  admin: ["admins"],
  auditor: ["auditors"],
  "auditor-in-all": ["auditors", "admins", "shop-devs", "platform", "security"],
  nobody: [],
} as const;

export const personKinds = Object.keys(groupsOf) as PersonKind[];
export type PersonKind = keyof typeof groupsOf;

/** Whoever may ask something of a verb; the last three are the requester and an admin by a token, and the workers. */
export const actorKinds = [...personKinds, "own-token", "admin-token", "system"] as const;
export type ActorKind = (typeof actorKinds)[number];

export type Scene = {
  actors: Record<ActorKind, Actor>;
  requester: UserActor;
  /** An active table of the requester's, and one whose environment has left the configuration. */
  table: { id: string; name: string };
  /** The first request of all. */
  waiting: string;
  /** The last one, of cases that make one for their list. */
  newest: string;
  draft: string;
};

/** Makes the people, and the objects that are only read. */
export async function makeScene(): Promise<Scene> {
  const people = {} as Record<PersonKind, UserActor>;
  for (const kind of personKinds) {
    people[kind] = actorOf(await makePerson({ groups: groupsOf[kind], name: kind }), getConfig(), null);
  }
  const { requester, admin } = people;
  const waiting = await waitingRequest(requester);
  const actors: Scene["actors"] = {
    ...people,
    "own-token": { ...requester, scopes: tokenScopes },
    "admin-token": { ...admin, scopes: tokenScopes },
    system: { kind: "system", job: "tests" },
  };
  await db().table.update({
    where: { id: (await activeTable(requester, "left")).id },
    data: { environment: "gone" },
  });
  return {
    actors,
    requester,
    table: await activeTable(requester, "seen"),
    waiting,
    newest: waiting,
    draft: await draftOf(requester),
  };
}

/** A request to delete a table, that waits for the group `platform`. */
export async function waitingDecommission(requester: UserActor): Promise<{ id: string; key: string }> {
  const key = `gone-${randomUUID().slice(0, 8)}`;
  const { id } = await activeTable(requester, key);
  const prod = getConfig().environments.find(({ name }) => name === "prod")!;
  const data = { environment: "prod", account: prod.account, region: prod.region };
  await db().table.update({ where: { id }, data });
  return { id: await makeDecommission(requester, "prod", [key]), key };
}

async function activeTable(requester: UserActor, key: string): Promise<{ id: string; name: string }> {
  const id = await makeRequest(requester, { environment: "solo", tables: { [key]: aTable() } });
  const approver = actorOf(await makePerson({ groups: ["security"] }), getConfig(), null);
  await approveRequest(approver, { id, version: 1 });
  await failRequest(id, [key]);
  return (await requestRow(id)).tables[0]!;
}

/** A request that waits for the group `platform`. */
export function waitingRequest(requester: UserActor): Promise<string> {
  return makeRequest(requester, { environment: "prod" });
}

/** A request that nobody looked after for so many days; requests expire after 30. */
export async function overdueRequest(requester: UserActor, days = 365): Promise<string> {
  const id = await waitingRequest(requester);
  await db().$executeRaw`
    update request set "updatedAt" = now() - make_interval(days => ${days}::int) where id = ${id}::uuid`;
  return id;
}

export async function failedRequest(requester: UserActor): Promise<string> {
  const id = await waitingRequest(requester);
  await failRequest(id);
  return id;
}

export const draftContent = {
  project: "shop",
  environment: "dev",
  justification: "",
  step: "keys",
  tables: [],
};

export async function draftOf(requester: UserActor): Promise<string> {
  return (await saveDraft(requester, { id: null, content: draftContent })).id;
}

/** The body of a request in shop, for which approvals are needed. */
export const shopBody = () => aRequestBody({ environment: "prod" });

/** A session of this person; answers its id. */
export async function sessionOf(person: { id: string }): Promise<string> {
  const data = { userId: person.id, hash: randomUUID(), method: "demo" };
  return (await db().session.create({ data })).id;
}

/** A token of this person; answers its row's id. */
export async function tokenIdOf(person: { id: string; email: string }): Promise<string> {
  await makeToken(person);
  const where = { userId: person.id };
  return (await db().apiToken.findFirstOrThrow({ where, orderBy: { createdAt: "desc" } })).id;
}

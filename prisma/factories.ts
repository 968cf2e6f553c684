import { randomUUID } from "node:crypto";
import { type TokenScope, tokenScopes, type UserActor } from "#lib/core/actor.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { actorOf } from "#lib/people/actor.ts";
import { createToken } from "#lib/people/create-token.ts";
import { submitRequest } from "#lib/requests/submit.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";

let made = 0;

/** A person in these groups; name and e-mail are made up unless given. */
export async function makePerson({
  groups = [],
  name = `Person ${++made}`,
  email,
}: {
  groups?: readonly string[];
  name?: string;
  email?: string;
} = {}) {
  const id = randomUUID();
  return db().user.create({
    data: { id, name, email: email ?? `${id}@example.com`, groups: [...groups] },
  });
}

/** A new person as the actor of a browser session. */
export async function makeActor(...groups: string[]): Promise<UserActor> {
  return actorOf(await makePerson({ groups }), getConfig(), null);
}

/** `count` new people of these groups. */
export function makeActors(count: number, ...groups: string[]): Promise<UserActor[]> {
  return Promise.all(Array.from({ length: count }, () => makeActor(...groups)));
}

/** A token that acts as this person. */
export function makeToken(
  person: { email: string },
  scopes: readonly TokenScope[] = tokenScopes,
): Promise<string> {
  return createToken(
    { kind: "system", job: "tests" },
    { email: person.email, scopes: [...scopes], expires_days: 1 },
  );
}

/** A sound table, with nothing that advice or the rules of the demo object to. */
export function aTable(options: Partial<TableSpecInput> = {}): TableSpecInput {
  return { partition_key: "id", enable_point_in_time_recovery: true, deletion_protection: true, ...options };
}

type Body = {
  kind: string;
  project: string;
  environment: string;
  tables: Record<string, TableSpecInput>;
  justification: string;
  usage?: object;
};

/** The body of `POST /requests`: one table whose name nobody else has, in `shop` and `stage`. */
export function aRequestBody(fields: Partial<Body> = {}): Body {
  return {
    kind: "create",
    project: "shop",
    environment: "stage",
    tables: { [`t${++made}-${randomUUID().slice(0, 8)}`]: aTable() },
    justification: "Orders need a home",
    ...fields,
  };
}

/** A submitted request of this person; answers its id. */
export async function makeRequest(requester: UserActor, fields: Partial<Body> = {}): Promise<string> {
  return (await submitRequest(requester, { body: aRequestBody(fields) })).id;
}

/** A submitted request of this person to delete tables of `shop`, by their keys; answers its id. */
export async function makeDecommission(
  requester: UserActor,
  environment: string,
  tables: readonly string[],
): Promise<string> {
  const body = {
    kind: "decommission",
    project: "shop",
    environment,
    tables,
    justification: "Nobody uses it",
  };
  return (await submitRequest(requester, { body })).id;
}

/** A request's row with its tables by key and what was decided, as the database has it. */
export function requestRow(id: string) {
  return db().request.findUniqueOrThrow({
    where: { id },
    include: { tables: { orderBy: { key: "asc" } }, approvals: { orderBy: { at: "asc" } } },
  });
}

/** The events of a request's audit, oldest first. */
export async function auditOf(requestId: string) {
  return db().auditEvent.findMany({ where: { requestId }, orderBy: { id: "asc" } });
}

/** How many jobs wait that would wake the workers for this request. */
export async function jobsFor(requestId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    select count(*)::int as count from pgboss.job
    where name = 'provisioning.run' and data->>'requestId' = ${requestId}`;
  return row!.count;
}

/** Plays the workers: the request ended as failed; `existing` tables came to exist, the others failed. */
export async function failRequest(id: string, existing: readonly string[] = []): Promise<void> {
  await db().request.update({ where: { id }, data: { state: "failed" } });
  await db().table.updateMany({
    where: { requestId: id },
    data: { state: "failed", problem: "Access was denied" },
  });
  for (const key of existing) {
    await db().table.update({
      where: { requestId_key: { requestId: id, key } },
      data: { state: "active", problem: null, identity: `id-${key}`, arn: `arn:aws:dynamodb:::table/${key}` },
    });
  }
}

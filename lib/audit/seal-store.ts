import { db, type Tx } from "#lib/infra/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { type Link, origin, type SealedText, sealsAfter } from "./seal.ts";

/** Whoever holds this seals; any number that nobody else locks. */
const sealingLock = 72707370;
const batch = 2_000;
/** Numbers are given out before commits, so an event may appear behind a later one: each round looks this far back. */
const lookBack = 3_000n;

/** Every column as text, the same whatever the session's time zone and date style. */
const eventText = Prisma.sql`
  e.id::text as id, array[to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e."actorKind",
    e."actorId", e."actorName", e.event, e."subjectType", e."subjectId", e."requestId"::text, e.version::text,
    e.comment, e.data::text] as columns`;

/**
 * Appends a seal for each committed event that has none, in the order of their ids, `batch` in a transaction. Of
 * several callers one seals and the others return at once; one that dies leaves whole batches. `everything` looks at
 * all events, not only at the latest: for an event that was committed long after its number was given out.
 * @returns how many were sealed.
 */
export async function sealAudit({ everything = false } = {}): Promise<number> {
  if (!everything && !(await findsUnsealed())) return 0;
  // Looking at everything takes seconds, so that what is new goes first.
  let sealed = everything ? await sealAudit() : 0;
  for (;;) {
    const count = await db().$transaction((tx) => sealBatch(tx, everything), { timeout: 60_000 });
    sealed += count;
    if (count < batch) return sealed;
  }
}

/**
 * Whether a round has something to seal, in one statement outside a transaction: nearly every round finds nothing. Each
 * part is told where in which index to look, also while Postgres knows nothing of the tables yet ("exists" alone reads all).
 */
async function findsUnsealed(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ found: boolean }[]>`
    with top as materialized (
      select coalesce((select "eventId" from audit_seal order by "eventId" desc limit 1), 0) as id)
    select (select id from audit_event where id > (select id from top) order by id limit 1) is not null
      or exists (
        select id from audit_event
        where id > (select id from top) - ${lookBack} and id <= (select id from top)
        except select "eventId" from audit_seal
        where "eventId" > (select id from top) - ${lookBack} and "eventId" <= (select id from top)) as found`;
  return row!.found;
}

async function sealBatch(tx: Tx, everything: boolean): Promise<number> {
  const [turn] = await tx.$queryRaw<{ ours: boolean }[]>`
    select pg_try_advisory_xact_lock(${sealingLock}) as ours`;
  if (!turn?.ours) return 0;
  // Read with the lock held: whoever had it before has committed.
  const last = (await tx.auditSeal.findFirst({ orderBy: { seq: "desc" } })) ?? { ...origin, eventId: 0n };
  // Not as an aggregate: Prisma's max reads every seal.
  const highest = await tx.auditSeal.findFirst({ orderBy: { eventId: "desc" }, select: { eventId: true } });
  const top = highest?.eventId ?? 0n;
  const events = await unsealedEvents(tx, everything ? 0n : top - lookBack, top);
  if (events.length > 0) await appendSeals(tx, sealsAfter(last, events));
  return events.length;
}

/**
 * Events without a seal: late ones with a number from `from` to `top`, the highest that has been sealed, and those behind
 * it. Each part reads so many numbers and no more, as an array, also while Postgres knows nothing of the tables yet: what
 * it would make of "no seal exists" is to read all of both for each batch.
 */
function unsealedEvents(tx: Tx, from: bigint, top: bigint): Promise<SealedText[]> {
  return tx.$queryRaw<SealedText[]>`
    select ${eventText} from audit_event e
    where e.id = any(
      array(select id from audit_event where id > ${from} and id <= ${top}
        except select "eventId" from audit_seal where "eventId" > ${from} and "eventId" <= ${top})
      || array(select id from audit_event where id > ${top} order by id limit ${batch}))
    order by e.id limit ${batch}`;
}

async function appendSeals(tx: Tx, seals: readonly (Link & { eventId: bigint })[]): Promise<void> {
  await tx.$executeRaw`
    insert into audit_seal (seq, "eventId", hash)
    select * from unnest(${seals.map(({ seq }) => seq)}::bigint[],
      ${seals.map(({ eventId }) => eventId)}::bigint[], ${seals.map(({ hash }) => hash)}::text[])`;
}

/** The last seal; the origin where nothing is sealed. */
export async function auditHead(): Promise<Link & { eventId: bigint }> {
  return (await db().auditSeal.findFirst({ orderBy: { seq: "desc" } })) ?? { ...origin, eventId: 0n };
}

/** A seal with its event; no columns where there is no such event any more. */
export type SealRow = {
  seq: bigint;
  eventId: bigint;
  hash: string;
  event: SealedText | null;
  at: Date | null;
};

/** The next `limit` seals after a number, in order. */
export async function sealsBehind(seq: bigint, limit: number): Promise<SealRow[]> {
  const rows = await db().$queryRaw<
    (Omit<SealRow, "event"> & { id: string | null; columns: SealedText["columns"] })[]
  >`
    select s.seq, s."eventId", s.hash, e.at, ${eventText}
    from (select * from audit_seal where seq > ${seq} order by seq limit ${limit}) s
    left join audit_event e on e.id = s."eventId" order by s.seq`;
  return rows.map(({ seq, eventId, hash, at, id, columns }) => ({
    ...{ seq, eventId, hash, at },
    event: id === null ? null : { id, columns },
  }));
}

/** Events without a seal, by the database's clock older than `minutes`: how many, and the first. */
export async function overdueEvents(minutes: number): Promise<{ count: number; first: bigint | null }> {
  const [found] = await db().$queryRaw<{ count: number; first: bigint | null }[]>`
    select count(*)::int as count, min(e.id) as first from audit_event e
    where e.at < now() - make_interval(mins => ${minutes}::int)
      and not exists (select from audit_seal s where s."eventId" = e.id)`;
  return found!;
}

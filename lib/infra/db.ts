import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#prisma/generated/client.ts";
import { env } from "./env.ts";

export type Db = PrismaClient;
/** A Prisma client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/**
 * A process that is frozen in the middle of a transaction keeps its locks. After this long the database ends the
 * transaction: sooner than a worker's lease ends, so that who takes over finds the rows free.
 */
const idleInTransactionMilliseconds = 5_000;

/** Begins a statement that is sent again and again: each connection parses and plans it once. */
export const keptMark = "/* kept */";
const keptNames = new Map<string, string>();

/** A name for statements that carry the mark; none for the rest, whose texts may be without number. */
function statementName({ sql }: { sql: string }): string {
  if (!sql.trimStart().startsWith(keptMark)) return "";
  const known = keptNames.get(sql);
  if (known) return known;
  const name = `kept_${keptNames.size}`;
  keptNames.set(sql, name);
  return name;
}

let client: PrismaClient | undefined;

/** The process's one connection pool, opened on first use to `DATABASE_URL`. Throws if that is not set. */
export function db(): PrismaClient {
  if (!client) {
    const pool = {
      connectionString: env.databaseUrl,
      max: env.databasePoolSize,
      idle_in_transaction_session_timeout: idleInTransactionMilliseconds,
    };
    const adapter = new PrismaPg(pool, { statementNameGenerator: statementName });
    client = new PrismaClient({ adapter });
  }
  return client;
}

/** Closes the pool; the next `db()` opens a new one. */
export async function closeDb(): Promise<void> {
  const open = client;
  client = undefined;
  await open?.$disconnect();
}

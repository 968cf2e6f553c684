import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "#prisma/generated/client.ts";
import { env } from "./env.ts";

export type Db = PrismaClient;
/** A Prisma client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

let client: PrismaClient | undefined;

/** The process's one connection pool, opened on first use to `DATABASE_URL`. Throws if that is not set. */
export function db(): PrismaClient {
  if (!client) {
    const adapter = new PrismaPg({ connectionString: env.databaseUrl, max: env.databasePoolSize });
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

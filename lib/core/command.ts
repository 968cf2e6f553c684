import type * as z from "zod";
import { type Db, db, type Tx } from "#lib/infra/db.ts";
import type { Actor } from "./actor.ts";
import { type AuditEntry, type AuditEvents, type AuditName, type AuditSubject, writeAudit } from "./audit.ts";
import type { Decision } from "./decision.ts";
import { AppError } from "./errors.ts";
import { toUnavailable } from "./failure.ts";
import { parseInput } from "./parse-input.ts";
import { requireStorable } from "./storable.ts";

type Context<I, S, A> = { tx: Tx; actor: A; input: I; subject: S };

/** What a verb returns: its result, the audit line it cannot forget, and whom or what the line is about. */
export type Outcome<N extends AuditName, R> = {
  result: R;
  audit: AuditEvents[N];
  subject: AuditSubject;
  comment?: string | null;
  /** Further lines of the same transaction. */
  also?: AuditEntry[];
};

/**
 * Shapes every write: parse the input, begin, load and lock the subject, authorize, change, audit, commit.
 * Leaving out `authorize` or the audit payload does not compile.
 * The function it returns throws AppError: INVALID (input), NOT_FOUND or CONFLICT (from `load` and `run`),
 * FORBIDDEN (with the policy's reason), UNAVAILABLE (the database gave no turn in time, or is away).
 */
export function command<N extends AuditName, I extends z.ZodType, S, R, A extends Actor = Actor>(definition: {
  name: N;
  input: I;
  load: (tx: Tx, input: z.output<I>, actor: A) => Promise<S>;
  authorize: (actor: A, subject: S, input: z.output<I>) => Decision;
  run: (context: Context<z.output<I>, S, A>) => Promise<Outcome<N, R>>;
  /** The line that a refusal leaves, if it must leave one; `subject` is undefined when `load` refused. */
  auditRefusal?: (error: AppError, input: z.output<I>, subject: S | undefined) => AuditEntry | null;
}) {
  return async (actor: A, rawInput: unknown): Promise<R> => {
    requireStorable(rawInput);
    const input = parseInput(definition.input, rawInput);
    let subject: S | undefined;
    const write = async (tx: Tx) => {
      subject = await definition.load(tx, input, actor);
      const decision = definition.authorize(actor, subject, input);
      if (!decision.allowed) throw new AppError("FORBIDDEN", decision.reason);
      const outcome = await definition.run({ tx, actor, input, subject });
      const entry = {
        event: definition.name,
        data: outcome.audit,
        subject: outcome.subject,
        comment: outcome.comment,
      } as AuditEntry;
      await writeAudit(tx, actor, entry);
      for (const line of outcome.also ?? []) await writeAudit(tx, actor, line);
      return outcome.result;
    };
    try {
      return await inTransaction(write);
    } catch (error) {
      const line = error instanceof AppError && definition.auditRefusal?.(error, input, subject);
      // The change was rolled back, so its line needs a transaction of its own.
      if (line) await inTransaction((tx) => writeAudit(tx, actor, line));
      throw error;
    }
  };
}

/**
 * Runs `use` in one transaction; waits up to 10 s for a connection, since many people may decide at once.
 * Throws UNAVAILABLE when there was no turn or no database, CONFLICT when a rival won the race.
 */
export async function inTransaction<T>(use: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db().$transaction(use, { maxWait: 10_000, timeout: 20_000 });
  } catch (error) {
    throw toUnavailable(error);
  }
}

/** Runs one statement that is a transaction by itself. Throws as `inTransaction` does. */
export async function inStatement<T>(use: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await use(db());
  } catch (error) {
    throw toUnavailable(error);
  }
}

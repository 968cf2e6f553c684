import type * as z from "zod";
import { zodIssuesToErrors } from "#lib/table-spec/json-pointer.ts";
import { AppError } from "./errors.ts";

/** A body of 1 MB can hold so many faults that telling them all would cost more than it helps. */
const maxFaultsTold = 100;

/** INVALID with one entry a fault (the first 100), each a JSON pointer into the input. */
export function toInvalid(error: z.ZodError): AppError {
  const errors = zodIssuesToErrors(error.issues);
  const [first] = errors;
  const message =
    errors.length === 1 && first ? first.message : `${errors.length} fields need attention; see \`errors\`.`;
  return new AppError("INVALID", message, { errors: errors.slice(0, maxFaultsTold) });
}

const noTurn = new Set(["P2024", "P2028", "TooManyConnections", "53300"]);
const noDatabase = new Set([
  ...["P1001", "P1002", "P1008", "P1017"],
  ...["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"],
  ...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006"],
  ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE"],
]);
const lostRace = new Set(["P2034", "TransactionWriteConflict", "40001", "40P01"]);
const awayWords =
  /ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|the database system is|Can't reach database server|Server has closed the connection|is not queryable/;

/** What says why a query failed: Prisma's code, and under it the driver's kind and the SQLSTATE or system code. */
function signsOf(error: Error): string[] {
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: unknown } } };
  const driver = (meta?.driverAdapterError?.cause ?? error.cause ?? {}) as Record<string, unknown>;
  return [code, driver.kind, driver.originalCode, driver.code].filter((sign) => typeof sign === "string");
}

/**
 * Turns what Prisma throws when the database is away, busy or resolved a race against us into an AppError;
 * anything else comes back unchanged. A raw query has one code (P2010) for all of it: there the driver tells.
 * Codes: Prisma error reference, PostgreSQL appendix A.
 */
export function toUnavailable(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const signs = signsOf(error);
  const any = (codes: Set<string>) => signs.some((sign) => codes.has(sign));
  if (any(noTurn)) {
    return new AppError("UNAVAILABLE", "Many people are doing this at the moment. Please try again.", {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if (any(lostRace) || /deadlock detected|could not serialize access/.test(error.message)) {
    return new AppError("CONFLICT", "Somebody changed this at the same moment. Look again and repeat.", {
      cause: error,
    });
  }
  if (!any(noDatabase) && !awayWords.test(error.message)) return error;
  return new AppError("UNAVAILABLE", "The database is not reachable at the moment. Please try again.", {
    retryAfterSeconds: 2,
    cause: error,
  });
}

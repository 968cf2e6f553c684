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

const noTurn = new Set(["P2024", "P2028"]);
const noDatabase = new Set(["P1001", "P1002", "P1008", "P1017"]);
const lostRace = new Set(["P2034", "40001", "40P01"]);

/**
 * Turns what Prisma throws when the database is away, busy or resolved a race against us into an AppError;
 * anything else comes back unchanged. Codes: Prisma error reference, PostgreSQL appendix A.
 */
export function toUnavailable(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (noTurn.has(code)) {
    return new AppError("UNAVAILABLE", "Many people are doing this at the moment. Please try again.", {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if (lostRace.has(code) || /deadlock detected|could not serialize access/.test(error.message)) {
    return new AppError("CONFLICT", "Somebody changed this at the same moment. Look again and repeat.", {
      cause: error,
    });
  }
  const away =
    noDatabase.has(code) ||
    /ECONNREFUSED|ECONNRESET|Connection terminated|terminating connection|the database system is/.test(
      error.message,
    );
  if (!away) return error;
  return new AppError("UNAVAILABLE", "The database is not reachable at the moment. Please try again.", {
    retryAfterSeconds: 2,
    cause: error,
  });
}

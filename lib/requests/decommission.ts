import { AppError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/infra/db.ts";
import type { AssessedDecommission } from "./assess-decommission.ts";

/**
 * Writes what a request asks of each table, with the evidence of this moment. The database refuses a second open one
 * for a table, whatever the check before said; that is a CONFLICT.
 */
export async function openDecommissions(
  tx: Tx,
  requestId: string,
  tables: readonly AssessedDecommission[],
): Promise<void> {
  try {
    await tx.decommission.createMany({
      data: tables.map(({ tableId, evidence }) => ({
        requestId,
        tableId,
        evidence,
        unprotect: evidence.deletion_protection,
      })),
    });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "P2002") throw error;
    const message = "Somebody else asked to delete one of the tables at this very moment. Look again.";
    throw new AppError("CONFLICT", message, { errors: [{ path: "/tables", message }], cause: error });
  }
}

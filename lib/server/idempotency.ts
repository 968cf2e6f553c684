import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "#lib/core/errors.ts";
import { report } from "#lib/infra/log.ts";
import {
  findStored,
  forget,
  type IdempotencyId as Id,
  remember,
  reserve,
} from "#lib/people/idempotency-store.ts";
import { json } from "./run-route.ts";

/**
 * Gives a POST with an `Idempotency-Key` the answer it got the first time. Kept for 24 hours per person and
 * path; answers of 500 and above are not kept, so that another try runs again. `run` answers refusals, never throws.
 * Throws INVALID for a bad key or a body that differs, CONFLICT while the first try still runs.
 */
export async function idempotently(
  request: { key: string | null; userId: string; path: string; bytes: Uint8Array },
  run: () => Promise<Response>,
): Promise<Response> {
  const { key, userId, path } = request;
  if (key === null) return run();
  if (!/^[\x20-\x7e]{1,255}$/.test(key))
    throw invalid("The Idempotency-Key must be 1 to 255 ASCII characters");
  const id = { userId, path, key };
  const bodyHash = createHash("sha256").update(request.bytes).digest("hex");
  if (!(await reserve(id, bodyHash))) return replay(id, bodyHash);
  const response = await run();
  // The work is done: if its answer cannot be kept, the caller still gets it, and the key stays taken for a while.
  await keep(id, response).catch((error) => report(error, { where: "idempotency key" }));
  return response;
}

async function keep(id: Id, response: Response): Promise<void> {
  if (response.status >= 500) await forget(id);
  else await remember(id, response.status, await response.clone().json());
}

async function replay(id: Id, bodyHash: string): Promise<Response> {
  const stored = await findStored(id);
  if (stored && stored.bodyHash !== bodyHash) {
    throw invalid("This Idempotency-Key was used with another body; take a new key for a new request");
  }
  if (!stored || stored.status === null) {
    throw new AppError(
      "CONFLICT",
      "The first request with this Idempotency-Key is still running. Try again soon.",
    );
  }
  return json(stored.status, stored.body, {
    "idempotency-replayed": "true",
    ...(stored.status >= 400 && { "content-type": "application/problem+json" }),
  });
}

function invalid(message: string): AppError {
  return new AppError("INVALID", message, { errors: [{ path: "", message }] });
}

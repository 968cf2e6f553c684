import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Request, SubmitRequestBody } from "#lib/api-client/calls.ts";
import { type ApiClient, ApiRefusal, ApiUnreachable } from "#lib/api-client/client.ts";

/** States a request does not leave by itself. */
const ends: readonly Request["state"][] = [
  "completed",
  "failed",
  "rejected",
  "cancelled",
  "expired",
  "sent_back",
];

const secondsBetweenLooks = 2;
/** How often in a row nobody may answer before the tool gives up. */
const patience = 30;

/** Asks once, however often the answer is lost: each try has the same Idempotency-Key. */
export async function submit(call: ApiClient, body: SubmitRequestBody): Promise<Request> {
  const idempotencyKey = randomUUID();
  for (let tries = 1; ; tries++) {
    try {
      return await call("submitRequest", { body, idempotencyKey });
    } catch (error) {
      if (tries === 3 || !(error instanceof ApiUnreachable)) throw error;
      await pause(1000 * tries);
    }
  }
}

/** Looks at a request until it has ended. A server that restarts or is busy for a minute does not end the waiting. */
export async function untilEnded(call: ApiClient, made: Request): Promise<Request> {
  let request = made;
  for (let failures = 0; !ends.includes(request.state); ) {
    await pause(secondsBetweenLooks * 1000);
    try {
      request = await call("getRequest", { params: { id: made.id } });
      failures = 0;
    } catch (error) {
      const passes =
        error instanceof ApiUnreachable || (error instanceof ApiRefusal && error.retryAfterSeconds !== null);
      failures += 1;
      if (!passes || failures >= patience) throw error;
      if (error instanceof ApiRefusal) await pause(error.retryAfterSeconds! * 1000);
    }
  }
  return request;
}

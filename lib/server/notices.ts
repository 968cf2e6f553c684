import "server-only";
import { cache } from "react";
import type { UserActor } from "#lib/core/actor.ts";
import { countUnreadNotices } from "#lib/notifications/notice-queries.ts";
import { findMissingWorker } from "#lib/provisioning/queries.ts";
import { listWaiting } from "#lib/requests/queue-queries.ts";

/** How many requests wait for this person, and since when. Asked once a request, for the navigation and the page. */
export const readWaiting = cache((actor: UserActor) => listWaiting(actor, {}));

/** What the frame of every page tells: how much waits for this person, what is unread, and since when no worker runs. */
export async function readNotices(actor: UserActor) {
  const [waiting, unread, missingWorker] = await Promise.all([
    readWaiting(actor),
    countUnreadNotices(actor, {}),
    findMissingWorker(),
  ]);
  return { approvals: waiting.count, unread, missing_worker: missingWorker };
}

import "server-only";
import { cache } from "react";
import type { UserActor } from "#lib/core/actor.ts";
import { listWaiting } from "#lib/requests/home-queries.ts";

/** What waits for this person, longest first. Asked once a request, for the navigation and for the page. */
export const readWaiting = cache((actor: UserActor) => listWaiting(actor, {}));

import { discardDraft } from "#lib/requests/discard-draft.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const DELETE = runRoute((actor, { params }) => discardDraft(actor, params));

import { saveDraft } from "#lib/requests/save-draft.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const PUT = runRoute((actor, { body }) => saveDraft(actor, body));

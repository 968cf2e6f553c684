import { previewRequest } from "#lib/requests/wizard-queries.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const POST = runRoute((actor, { body }) => previewRequest(actor, body));

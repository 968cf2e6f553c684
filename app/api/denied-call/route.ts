import { runRoute } from "#lib/server/run-route.ts";
import { explainDenial } from "#lib/tables/explain-denied-call.ts";

export const POST = runRoute((actor, { body }) => explainDenial(actor, body));

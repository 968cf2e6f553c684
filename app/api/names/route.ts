import { checkName } from "#lib/requests/wizard-queries.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const GET = runRoute((actor, { query }) => checkName(actor, query));

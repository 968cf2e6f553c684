import { getQueueSignature } from "#lib/requests/queue-queries.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const GET = runRoute((actor, { query }) => getQueueSignature(actor, query));

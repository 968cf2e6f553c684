import { getLiveRequest } from "#lib/requests/live-queries.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const GET = runRoute((actor, { params }) => getLiveRequest(actor, params));

import { readNotices } from "#lib/server/notices.ts";
import { runRoute } from "#lib/server/run-route.ts";

export const GET = runRoute((actor) => readNotices(actor));

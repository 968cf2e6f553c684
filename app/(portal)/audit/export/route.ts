import { exportAudit } from "#lib/audit/export.ts";
import { answer, queryOf } from "#lib/server/run-route.ts";
import { requireSameOrigin } from "#lib/server/same-origin.ts";
import { getActor } from "#lib/server/session.ts";
import { streamFile } from "#lib/server/stream-file.ts";

/** What the page of the audit lists with the same filters, as a file. It leaves a line, so it is for our own pages alone. */
export const GET = (request: Request): Promise<Response> =>
  answer(async () => {
    requireSameOrigin(request.headers);
    return streamFile(await exportAudit(await getActor(), queryOf(request)));
  });

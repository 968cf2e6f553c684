import { answer, queryOf } from "#lib/server/run-route.ts";
import { getActor } from "#lib/server/session.ts";
import { exportTablesCsv } from "#lib/tables/export-csv.ts";

/** The tables that the page of tables lists with the same filters, as a file to keep. */
export const GET = (request: Request): Promise<Response> =>
  answer(async () => {
    const { filename, content } = await exportTablesCsv(await getActor(), queryOf(request));
    return new Response(content, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${filename}"`,
        "cache-control": "no-store",
      },
    });
  });

import { checkReadiness } from "#lib/infra/readiness.ts";

export const dynamic = "force-dynamic";

/** The database answers and every migration this build brings is applied. */
export async function GET(): Promise<Response> {
  const problem = await checkReadiness();
  return Response.json(problem ? { status: "not ready", problem } : { status: "ok" }, {
    status: problem ? 503 : 200,
  });
}

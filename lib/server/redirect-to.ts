import "server-only";
import { env } from "#lib/infra/env.ts";
import { answer } from "./run-route.ts";

/** A route that sends the browser on, to a path of ours; no cache keeps it, and no page learns of its address. */
export function redirectTo(use: (request: Request) => Promise<string>) {
  return (request: Request): Promise<Response> =>
    answer(async () => {
      const location = new URL(await use(request), env.url).href;
      const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
      return new Response(null, { status: 303, headers });
    });
}

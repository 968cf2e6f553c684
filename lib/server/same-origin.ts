import "server-only";
import { AppError } from "#lib/core/errors.ts";
import { env } from "#lib/infra/env.ts";

/**
 * Refuses a write that a foreign page sent: the browser must say that it comes from here, by
 * `Sec-Fetch-Site` or by an `Origin` equal to our own address. Throws FORBIDDEN.
 */
export function requireSameOrigin(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin") return;
  const origin = headers.get("origin");
  if (site === null && origin !== null && isOwnOrigin(origin, headers.get("host"))) return;
  throw new AppError(
    "FORBIDDEN",
    "This came from another site and was refused. Open Tablewright and try again.",
  );
}

function isOwnOrigin(origin: string, host: string | null): boolean {
  return origin === new URL(env.url).origin || (env.demo && origin === `http://${host}`);
}

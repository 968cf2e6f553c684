import { AppError } from "#lib/core/errors.ts";
import type { EnvironmentConfig } from "#lib/infra/config.ts";

type Where = Pick<EnvironmentConfig, "endpoint">;

/**
 * The endpoint URL calls for this environment go to; null means AWS itself (the explicit regional endpoint).
 * Throws UNAVAILABLE where the environment is in the sandbox and no sandbox runs.
 */
export function targetOf(environment: Where, { sandboxUrl }: { sandboxUrl: string | null }): string | null {
  if (environment.endpoint !== "sandbox") return environment.endpoint;
  if (sandboxUrl) return sandboxUrl;
  throw new AppError("UNAVAILABLE", "The sandbox is not running. Start it with `npm start`, then try again.");
}

/**
 * What a table name is unique in, together with account and region: `sandbox`, `aws`, or the normalised URL of an
 * emulator. The sandbox keeps one scope whatever port it listens on.
 */
export function nameScope(environment: Where): string {
  return environment.endpoint ?? "aws";
}

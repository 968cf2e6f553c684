import { classifyFailure } from "#lib/infra/aws/failure.ts";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { Blocked } from "./target-guard.ts";

/**
 * Gets the credentials for an operation and asks STS whose they are, before anything else. Null when they belong to
 * the configured account; else why nothing may be sent.
 */
export async function accountProblem(gateway: Pick<DynamoGateway, "checkAccount">): Promise<Blocked | null> {
  try {
    await gateway.checkAccount();
    return null;
  } catch (error) {
    const failure = classifyFailure(error, { call: "GetCallerIdentity", endpoint: false });
    const why = `${failure.message}\n${failure.explanation}`;
    return { do: failure.kind === "stop" ? "stop" : "pause", why };
  }
}

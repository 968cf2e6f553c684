import { log } from "#lib/infra/log.ts";

/** A receiver that has not answered by then counts as down. */
const patienceMilliseconds = 10_000;

/** The message did not get through; `message` says why, without the address, which may be a secret. */
export class NotDelivered extends Error {
  override readonly name = "NotDelivered";
}

/**
 * Posts JSON to a receiver of notifications. Throws NotDelivered unless it answers 2xx within 10 seconds. Redirects are
 * not followed, for they would take a signed message elsewhere, and the body of the answer is not read.
 */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string> = {},
  patience = patienceMilliseconds,
): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "user-agent": "Tablewright", ...headers },
    redirect: "manual",
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    throw new NotDelivered(reasonOf(error, patience));
  });
  await response.body
    ?.cancel()
    .catch((err: unknown) => log.debug({ err }, "an answer could not be left unread"));
  if (response.ok) return;
  if (response.status >= 300 && response.status < 400)
    throw new NotDelivered(`The receiver answered ${response.status}: redirects are not followed.`);
  throw new NotDelivered(`The receiver answered ${response.status}.`);
}

/** Only names and codes: the message of a failed fetch may quote the address. */
function reasonOf(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return "The receiver cannot be reached.";
  if (error.name === "TimeoutError") return `No answer within ${patience / 1000} seconds.`;
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return `The receiver cannot be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}

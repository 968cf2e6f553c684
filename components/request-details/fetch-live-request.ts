import type { LiveRequestView } from "#components/request-details/request-page.ts";

/** Why the newest state could not be had; `gone`: asking again makes no sense. The message is for the reader. */
export class LiveRequestError extends Error {
  override readonly name = "LiveRequestError";
  readonly gone: boolean;

  constructor(message: string, gone: boolean) {
    super(message);
    this.gone = gone;
  }
}

/** Reads the newest state of a request in the browser. Throws LiveRequestError. */
export async function fetchLiveRequest(id: string, signal: AbortSignal): Promise<LiveRequestView> {
  const response = await fetch(`/api/requests/${encodeURIComponent(id)}`, { signal, cache: "no-store" });
  if (response.ok) return (await response.json()) as LiveRequestView;
  if (response.status === 401)
    throw new LiveRequestError("You are signed out. Sign in to see how it goes on.", true);
  if (response.status === 404) {
    throw new LiveRequestError("This request is gone, or you may not see it any more.", true);
  }
  throw new LiveRequestError(`The server answered ${response.status}.`, false);
}

/** Where the web server writes the address that a request came from; what a client sends under this name is dropped. */
export const clientAddressHeader = "x-tablewright-client";

/**
 * The address of the client. `forwardedFor` is believed only as far as the proxies of this installation wrote it: each
 * appends who it was called by, so with `proxies` of them the entry at that place from the end counts. What stands
 * before it anybody could have written.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  proxies: number,
): string {
  const entries = (forwardedFor ?? "").split(",").map((entry) => entry.trim());
  const told = proxies > 0 ? entries.at(-proxies) : undefined;
  return (told || socketAddress || "unknown").slice(0, 100);
}

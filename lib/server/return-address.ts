/** The request header in which the proxy tells a page its own path and query. */
export const pageAddressHeader = "x-tablewright-address";

const base = "http://tablewright.invalid";

/**
 * The path and query to go to after sign-in. "/" for whatever could lead out of this site (a browser takes `//` and
 * `\` for the begin of a host, and drops control characters before it looks), for the sign-in page itself, and for
 * what is no page.
 */
export function safeReturnAddress(next: unknown): string {
  if (typeof next !== "string" || next.length > 2000) return "/";
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return "/";
  if (!URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  const { pathname } = url;
  if (url.origin !== base || pathname.includes("//")) return "/";
  if (/^\/(sign-in|api|_next)(\/|$)/.test(pathname)) return "/";
  return pathname + url.search;
}

/** The sign-in page's address; it comes back to `next` where that is a page of ours other than the first. */
export function signInAddress(next: unknown): string {
  const address = safeReturnAddress(next);
  return address === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(address)}`;
}

import type { IncomingHttpHeaders } from "node:http";

/**
 * What a client may claim about where its request came from or how it is to be routed. Next reads some of these, its
 * check of server actions among them; others have switched its proxy off (CVE-2025-29927). Nothing of ours needs them.
 */
const claimed =
  /^(forwarded$|x-forwarded-|x-real-ip$|x-middleware-|x-original-|x-rewrite-|x-matched-path$|x-invoke-|x-now-|x-vercel-|x-next-|x-tablewright-|x-nonce$|content-security-policy)/;

type Received = { headers: IncomingHttpHeaders };

/**
 * Takes away what only we may say, and says it: the address people use, which is the configuration's. In demo mode
 * there is no one address, so the Host stays what counts; the demo's own check has seen it.
 */
export function cleanHeaders(request: Received, { url, demo }: { url: string; demo: boolean }): void {
  const { headers } = request;
  for (const name of Object.keys(headers)) if (claimed.test(name)) delete headers[name];
  if (demo) return;
  const own = new URL(url);
  headers["x-forwarded-host"] = own.host;
  headers["x-forwarded-proto"] = own.protocol.slice(0, -1);
}

const served = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Whether anything here takes requests with this method; with some of the others Next cannot even make a request. */
export function isServedMethod(method: string | undefined): boolean {
  return method !== undefined && served.includes(method);
}

export const servedMethods = served.join(", ");

/**
 * Whether a page of another site sent this write to a page of ours. Next refuses such an action too, but as a fault of
 * its own: 500, for whoever cares to send one.
 */
export function isForeignWrite(
  { method, headers }: Received & { method?: string | undefined },
  { url, demo }: { url: string; demo: boolean },
): boolean {
  const { origin, host } = headers;
  if (method === "GET" || method === "HEAD" || origin === undefined) return false;
  return URL.parse(origin)?.host !== (demo ? host : new URL(url).host);
}

/** Whether an address is a path on this server: a proxy's absolute form (`GET http://other/`) names another. */
export function isOwnPath(address: string | undefined): boolean {
  return address?.startsWith("/") === true && isDecodable(address);
}

/** Next answers 500 to a path whose percent-encoding is no UTF-8. */
function isDecodable(address: string): boolean {
  try {
    decodeURIComponent(address.replace(/\?.*/s, ""));
    return true;
  } catch {
    return false;
  }
}

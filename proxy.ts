import { type NextRequest, NextResponse } from "next/server";
import { env } from "#lib/infra/env.ts";
import { pagePolicy } from "#lib/infra/security-headers.ts";
import { pageAddressHeader } from "#lib/server/return-address.ts";

/**
 * Tells pages their own address, so that whoever has to sign in first comes back to it, and gives each a nonce for its
 * scripts. It decides nothing about who may see what: pages, actions and routes do.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy({ nonce, https: env.url.startsWith("https:") });
  const headers = new Headers(request.headers);
  headers.set(pageAddressHeader, request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce from here and puts it on what it writes.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = { matcher: "/((?!api/|_next/|health/|metrics|icon|favicon).*)" };

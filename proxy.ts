import { type NextRequest, NextResponse } from "next/server";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { pagePolicy } from "#lib/infra/security-headers.ts";
import { pageAddressHeader } from "#lib/server/return-address.ts";

/**
 * Tells pages their own address, so that whoever has to sign in first comes back to it, and gives each a nonce for its
 * scripts. It decides nothing about who may see what: pages, actions and routes do.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy({ nonce, https: env.url.startsWith("https:"), formTargets: formTargets() });
  const headers = new Headers(request.headers);
  headers.set(pageAddressHeader, request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce from here and puts it on what it writes.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/**
 * Signing in and out are forms that lead to the sign-in provider, which may lead on to others: browsers hold every step
 * of the way against `form-action`.
 */
function formTargets(): string[] {
  const issuer = getConfig().sign_in?.oidc.issuer;
  return issuer === undefined ? [] : ["https:", new URL(issuer).origin];
}

export const config = { matcher: "/((?!api/|_next/|health/|metrics|icon|favicon).*)" };

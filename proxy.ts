import { type NextRequest, NextResponse } from "next/server";
import { pageAddressHeader } from "#lib/server/return-address.ts";

/** Tells pages their own address, so that whoever has to sign in first comes back to it. */
export function proxy(request: NextRequest) {
  const headers = new Headers(request.headers);
  headers.set(pageAddressHeader, request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: "/((?!api/|_next/|health/|metrics|icon|favicon).*)" };

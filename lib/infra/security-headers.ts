const twoYearsSeconds = 63_072_000;

/** What every answer carries, files and API too; `https`: people reach this installation over TLS. */
export function securityHeaders({ https }: { https: boolean }): Record<string, string> {
  return {
    // Pages get theirs, with a nonce, from proxy.ts; nothing else is a document.
    "Content-Security-Policy":
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy":
      "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    // Over plain HTTP it would mean nothing: https://www.rfc-editor.org/rfc/rfc6797#section-7.2
    ...(https && { "Strict-Transport-Security": `max-age=${twoYearsSeconds}; includeSubDomains` }),
  };
}

/**
 * The policy of a page: scripts and styles of ours, or with this answer's nonce; no frame, no plugin, no other site.
 * `formTargets`: further origins that a form may lead to.
 */
export function pagePolicy({
  nonce,
  https,
  formTargets = [],
}: {
  nonce: string;
  https: boolean;
  formTargets?: readonly string[];
}): string {
  // No 'strict-dynamic': it would let through what a script of ours is tricked into writing into the page.
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(" "),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}

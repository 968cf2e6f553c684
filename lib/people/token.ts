import { createHash, randomBytes } from "node:crypto";

/** What every token begins with, so that people and scanners recognise one. */
export const tokenPrefix = "twt_";

/** A new token: 256 random bits in base64url behind the prefix. Shown once, kept only as its hash. */
export function newToken(): string {
  return tokenPrefix + randomBytes(32).toString("base64url");
}

/** SHA-256 in hex; a token has 256 random bits, so a fast hash is enough. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

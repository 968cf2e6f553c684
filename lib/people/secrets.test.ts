import { expect, test } from "vitest";
import { newCookieSecret } from "./session-store.ts";
import { newToken, tokenPrefix } from "./token.ts";

test("a secret for a cookie and a token have 256 bits, and no two are the same", () => {
  const tokens = Array.from({ length: 1_000 }, () => newToken());
  const made = [
    ...Array.from({ length: 1_000 }, () => newCookieSecret()),
    ...tokens.map((token) => token.slice(tokenPrefix.length)),
  ];
  expect(new Set(made).size).toBe(2_000);
  for (const secret of made) expect(Buffer.from(secret, "base64url")).toHaveLength(32);
});

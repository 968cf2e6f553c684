import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, challengeOf, startIdentityProvider } from "./identity-provider.fixture.ts";
import { beginOidcSignIn, finishOidcSignIn, oidcSignOutUrl, signInProviderName } from "./oidc.ts";

const secret = "the client's secret, long enough for an HMAC";
const folder = mkdtempSync(path.join(os.tmpdir(), "oidc-"));
let provider: Awaited<ReturnType<typeof startIdentityProvider>>;

beforeAll(async () => {
  provider = await startIdentityProvider(secret);
  const file = path.join(folder, "t.yaml");
  writeFileSync(
    file,
    `projects: { shop: {} }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: sandbox } }
sign_in: { oidc: { issuer: "${provider.issuer}", client_id: tables, client_secret_env: SECRET_OF_TEST } }
`,
  );
  process.env.SECRET_OF_TEST = secret;
  process.env.TABLEWRIGHT_CONFIG = file;
  process.env.TABLEWRIGHT_URL = "https://tables.example.com";
});
afterAll(async () => {
  await provider.stop();
  rmSync(folder, { recursive: true });
});

type Change = {
  claims?: object;
  signing?: Answer["signing"];
  withoutIdToken?: boolean;
  /** Replaces a parameter of the address that the browser comes back to; null leaves it out. */
  query?: Record<string, string | null>;
};

/** One sign-in, whole; `change` is what is not in order about it. */
async function signIn({ claims, query = {}, ...answer }: Change = {}, userinfo = {}) {
  const { proof } = await beginOidcSignIn();
  provider.willAnswer({ claims: provider.claimsFor(proof.nonce, claims), ...answer }, userinfo);
  const parts = { code: "code", state: proof.state, iss: provider.issuer, ...query };
  const search = new URLSearchParams(Object.entries(parts).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
  return finishOidcSignIn(`?${search}`, proof);
}

test("the browser is sent off with state, nonce and the hash of a code verifier, never the verifier", async () => {
  const { url, proof } = await beginOidcSignIn();
  expect(url.startsWith(`${provider.issuer}/authorize?`)).toBe(true);
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    client_id: "tables",
    response_type: "code",
    redirect_uri: "https://tables.example.com/sign-in/callback",
    scope: "openid email profile groups",
    state: proof.state,
    nonce: proof.nonce,
    code_challenge: challengeOf(proof.codeVerifier),
    code_challenge_method: "S256",
  });
  expect((await beginOidcSignIn()).proof).not.toEqual(proof);
  expect(signInProviderName()).toBe(new URL(provider.issuer).host);
});

test("a sign-in in order tells issuer, subject and claims; the code is exchanged with the verifier", async () => {
  const identified = await signIn({ claims: { email: "a@example.com", name: "A", groups: ["g"] } });
  expect(identified).toMatchObject({ issuer: provider.issuer, subject: "subject-1" });
  expect(identified.claims).toMatchObject({ email: "a@example.com", groups: ["g"] });
  const sent = provider.tokenCalls.at(-1)!;
  expect(sent.get("code_verifier")).toMatch(/^[\w-]{43,}$/);
  expect(sent.get("redirect_uri")).toBe("https://tables.example.com/sign-in/callback");
});

test("claims that the ID token lacks come from the userinfo of the same subject, and never override it", async () => {
  const info = { sub: "subject-1", email: "info@example.com", groups: ["info"] };
  const { claims } = await signIn({ claims: { email: "token@example.com" } }, info);
  expect(claims).toMatchObject({ email: "token@example.com", groups: ["info"] });
  await expect(signIn({}, { ...info, sub: "somebody-else" })).rejects.toThrow();
});

describe("a sign-in is refused", () => {
  test.each<[string, Change]>([
    ["with another nonce", { claims: { nonce: "n" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["from another issuer", { claims: { iss: "https://login.example.net" } }],
    ["for another client", { claims: { aud: "other" } }],
    ["for several clients, given to another", { claims: { aud: ["tables", "other"], azp: "other" } }],
    ["that has expired", { claims: { exp: 1_700_000_000 } }],
    ["without an expiry", { claims: { exp: undefined } }],
    ["without a subject", { claims: { sub: undefined } }],
    ["that is not signed", { signing: "none" }],
    ["signed with another key", { signing: "stranger" }],
    ["signed with what the client knows too", { signing: "secret" }],
    ["without an ID token", { withoutIdToken: true }],
    ["with another state", { query: { state: "s" } }],
    ["without a state", { query: { state: null } }],
    ["without a code", { query: { code: null } }],
    ["answered by another provider", { query: { iss: "https://login.example.net" } }],
    ["answered by a provider that does not say who it is", { query: { iss: null } }],
    ["that the provider refused", { query: { code: null, error: "access_denied" } }],
  ])("%s", async (_, change) => {
    await expect(signIn(change)).rejects.toThrow();
  });
});

test("the sign-out at the provider names the session by its ID token and leads back to our sign-in page", async () => {
  const url = new URL((await oidcSignOutUrl("id-token"))!);
  expect(url.origin + url.pathname).toBe(`${provider.issuer}/end`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: "tables",
    id_token_hint: "id-token",
    post_logout_redirect_uri: "https://tables.example.com/sign-in",
  });
});

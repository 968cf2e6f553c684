import * as oidc from "openid-client";
import { AppError } from "#lib/core/errors.ts";
import { getConfig, type OidcConfig, signInSecret } from "./config.ts";
import { env } from "./env.ts";

const timeoutSeconds = 5;
/** What the provider says of itself is read anew after this long, so that a moved endpoint or key is found. */
const metadataHours = 1;

/** What a sign-in began with; it must come back to the same browser, and be used once. */
export type SignInProof = { state: string; nonce: string; codeVerifier: string };

/** Who the provider says it is: claims of a verified ID token, with those of its userinfo that the token lacks. */
export type Identified = {
  issuer: string;
  subject: string;
  claims: Record<string, unknown>;
  idToken: string;
};

/** Where the provider sends browsers back to; the provider must know both addresses. */
export const signInCallbackUrl = () => `${env.url}/sign-in/callback`;
const afterSignOutUrl = () => `${env.url}/sign-in`;

/** The provider's host name, as the sign-in button names it; null where the configuration has no `sign_in`. */
export function signInProviderName(): string | null {
  const issuer = getConfig().sign_in?.oidc.issuer;
  return issuer === undefined ? null : new URL(issuer).host;
}

/** The issuer as identities keep it; null where the configuration has no `sign_in`. */
export function signInIssuer(): string | null {
  const settings = getConfig().sign_in?.oidc;
  return settings ? nameOf(settings) : null;
}

/** Providers and files differ in the slash at the end; an identity must not. The `iss` of a token was checked by then. */
const nameOf = ({ issuer }: OidcConfig) => issuer.replace(/\/+$/, "");

/**
 * The address to send a browser to, and what has to be kept until it comes back: code flow with PKCE, state and nonce.
 * Throws UNAVAILABLE when the provider does not answer.
 */
export async function beginOidcSignIn(): Promise<{ url: string; proof: SignInProof }> {
  const settings = requireSettings();
  const provider = await discover(settings);
  const proof = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    codeVerifier: oidc.randomPKCECodeVerifier(),
  };
  const { scopes_supported: known } = provider.serverMetadata();
  const scopes = ["openid", "email", "profile"];
  // Providers that give groups on request name the scope as they name the claim.
  if (known?.includes(settings.groups_claim)) scopes.push(settings.groups_claim);
  const url = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: signInCallbackUrl(),
    scope: scopes.join(" "),
    state: proof.state,
    nonce: proof.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(proof.codeVerifier),
    code_challenge_method: "S256",
  });
  return { url: url.href, proof };
}

/**
 * Exchanges the code that `search` (the callback's query) brought. Issuer, audience, expiry, nonce and signature of the
 * ID token are checked, and state, code and issuer of the answer.
 * Throws an Error of openid-client for what is not in order; UNAVAILABLE when the provider does not answer.
 */
export async function finishOidcSignIn(search: string, proof: SignInProof): Promise<Identified> {
  const settings = requireSettings();
  const provider = await discover(settings);
  // Our own address, never the request's: a Host header must not say where the code was sent to.
  const callback = new URL(signInCallbackUrl());
  callback.search = search;
  const tokens = await oidc.authorizationCodeGrant(provider, callback, {
    expectedState: proof.state,
    expectedNonce: proof.nonce,
    pkceCodeVerifier: proof.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims || !tokens.id_token) throw new Error("the provider sent no ID token");
  const lacking = ["email", "name", settings.groups_claim].some((name) => claims[name] === undefined);
  const more =
    lacking && provider.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
      : {};
  return {
    issuer: nameOf(settings),
    subject: claims.sub,
    claims: { ...more, ...claims },
    idToken: tokens.id_token,
  };
}

/** The provider's page that ends the session there; null where it has none, or does not answer now. */
export async function oidcSignOutUrl(idToken: string): Promise<string | null> {
  const settings = getConfig().sign_in?.oidc;
  if (!settings) return null;
  try {
    const provider = await discover(settings);
    if (!provider.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(provider, {
      id_token_hint: idToken,
      post_logout_redirect_uri: afterSignOutUrl(),
    }).href;
  } catch {
    return null;
  }
}

function requireSettings(): OidcConfig {
  const settings = getConfig().sign_in?.oidc;
  if (!settings) throw new AppError("NOT_FOUND", "This installation has no sign-in provider.");
  return settings;
}

let known: { provider: Promise<oidc.Configuration>; until: number } | undefined;

/** The provider as it describes itself, kept for an hour; a failure is not kept. Throws UNAVAILABLE. */
async function discover(settings: OidcConfig): Promise<oidc.Configuration> {
  const now = performance.now();
  if (!known || known.until < now) {
    known = { provider: readProvider(settings), until: now + metadataHours * 3_600_000 };
  }
  const asked = known;
  try {
    return await asked.provider;
  } catch (cause) {
    if (known === asked) known = undefined;
    throw new AppError(
      "UNAVAILABLE",
      `The sign-in provider at ${settings.issuer} does not answer as it should.`,
      {
        retryAfterSeconds: 10,
        cause,
      },
    );
  }
}

async function readProvider({ issuer, client_id }: OidcConfig): Promise<oidc.Configuration> {
  const secret = signInSecret() ?? "";
  // Without it openid-client trusts an ID token that came over TLS without looking at its signature.
  const execute = [oidc.enableNonRepudiationChecks];
  if (issuer.startsWith("http:")) execute.push(oidc.allowInsecureRequests);
  return oidc.discovery(new URL(issuer), client_id, secret, authenticateWith(secret), {
    execute,
    timeout: timeoutSeconds,
  });
}

/** By HTTP Basic unless the provider only knows the secret in the body. Source: OpenID Connect Discovery 1.0 §3. */
function authenticateWith(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const auth = methods.includes("client_secret_basic") ? basic : post;
    return auth(server, client, body, headers);
  };
}

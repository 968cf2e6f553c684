import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** How the ID token is signed: as it should be, with nobody's key, not at all, or with the client's secret. */
export type Signing = "right" | "stranger" | "none" | "secret";

/** What the next token call answers. */
export type Answer = { claims: Record<string, unknown>; signing?: Signing; withoutIdToken?: boolean };

/**
 * A sign-in provider on loopback that says whatever a test wants it to, true or not; it hands out codes by the
 * redirect alone. `tokenCalls`: what it was sent in exchange for codes.
 */
export async function startIdentityProvider(secret: string) {
  let next: Answer = { claims: {} };
  let userinfo: Record<string, unknown> = {};
  const tokenCalls: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const path = new URL(request.url ?? "/", issuer).pathname;
      if (path === "/token") tokenCalls.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      const body = answers[path]?.() ?? {};
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answers: Record<string, () => object> = {
    "/.well-known/openid-configuration": () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/userinfo`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/end`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
      scopes_supported: ["openid", "email", "profile", "groups"],
    }),
    "/jwks": () => ({
      keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }],
    }),
    "/userinfo": () => userinfo,
    "/token": () => ({
      access_token: "access",
      token_type: "Bearer",
      ...(next.withoutIdToken ? {} : { id_token: idToken(next, secret) }),
    }),
  };
  return {
    issuer,
    tokenCalls,
    /** The claims of an ID token that is in order, for a sign-in that began with this nonce. */
    claimsFor: (nonce: string, more: object = {}): Record<string, unknown> => {
      const now = Math.floor(Date.now() / 1000);
      return { iss: issuer, aud: "tables", sub: "subject-1", iat: now, exp: now + 300, nonce, ...more };
    },
    willAnswer: (answer: Answer, info: Record<string, unknown> = {}) => {
      next = answer;
      userinfo = info;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function idToken({ claims, signing = "right" }: Answer, secret: string): string {
  const alg = signing === "none" ? "none" : signing === "secret" ? "HS256" : "RS256";
  const content = `${encode({ alg, kid: "1" })}.${encode(claims)}`;
  return `${content}.${signatureOf(content, signing, secret)}`;
}

function signatureOf(content: string, signing: Signing, secret: string): string {
  if (signing === "none") return "";
  if (signing === "secret") return createHmac("sha256", secret).update(content).digest("base64url");
  return sign("sha256", Buffer.from(content), signing === "right" ? privateKey : stranger).toString(
    "base64url",
  );
}

/** What PKCE's S256 makes of a verifier. Source: RFC 7636 §4.2. */
export const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

import { createServer } from "node:http";
import type { Page } from "@playwright/test";
import Provider from "oidc-provider";

/** What the provider tells of the person who signs in under a name. */
export type Claims = { email: string; name: string; groups?: unknown; email_verified?: boolean };

export type IdentityProvider = { issuer: string; people: Record<string, Claims>; stop: () => Promise<void> };

/**
 * `oidc-provider`, a certified OpenID Connect provider, on this port of loopback, with its own sign-in page: any
 * password will do. `people` may be changed while it runs.
 */
export async function startIdentityProvider(
  port: number,
  client: { id: string; secret: string; url: string },
  people: Record<string, Claims>,
): Promise<IdentityProvider> {
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [`${client.url}/sign-in/callback`],
        post_logout_redirect_uris: [`${client.url}/sign-in`],
      },
    ],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups"],
    },
    pkce: { required: () => true },
    cookies: { keys: ["signs the cookies of a provider in a test"] },
    features: {
      devInteractions: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // The package's own page asks a font server on the internet.
        logoutSource: (ctx: { body: string }, form: string) => {
          ctx.body = `<!doctype html><title>Sign out</title><h1>Sign out of the provider?</h1>${form}
            <button type="submit" form="op.logoutForm" value="yes" name="logout">Yes, sign me out</button>`;
        },
      },
    },
    findAccount: (_ctx: unknown, id: string) => {
      const claims = people[id];
      return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
    },
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { issuer, people, stop };
}

/** Goes through the provider's own pages, as whoever has that login there. */
export async function passProvider(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

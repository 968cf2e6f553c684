import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beginOidcSignIn } from "./oidc.ts";

const other = "https://login.example.net";
const described = {
  issuer: other,
  authorization_endpoint: `${other}/authorize`,
  token_endpoint: `${other}/token`,
  jwks_uri: `${other}/jwks`,
};
const folder = mkdtempSync(path.join(os.tmpdir(), "oidc-discovery-"));
let answer: { status: number; headers: OutgoingHttpHeaders };
let asked: string[];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(described));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const file = path.join(folder, "t.yaml");
  writeFileSync(
    file,
    `projects: { shop: {} }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: sandbox } }
sign_in:
  oidc:
    issuer: http://127.0.0.1:${(server.address() as AddressInfo).port}
    client_id: tables
    client_secret_env: SECRET_OF_TEST
`,
  );
  Object.assign(process.env, { SECRET_OF_TEST: "secret", TABLEWRIGHT_CONFIG: file });
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

test.each([
  ["a provider that describes itself as another one is not used", 200, {}],
  ["a provider that sends us elsewhere is not followed", 302, { location: "/elsewhere" }],
])("%s", async (_says, status, headers) => {
  answer = { status, headers };
  asked = [];
  await expect(beginOidcSignIn()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(asked).toEqual(["/.well-known/openid-configuration"]);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { configCheck } from "#lib/guardrails/check.ts";
import { ConfigError, loadConfig, signInSecret } from "./config.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "sign-in-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, "t.yaml");
writeFileSync(
  file,
  `projects: { shop: {} }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: sandbox } }
auditor_group: audit
sign_in:
  oidc: { issuer: https://login.example.com, client_id: tables, client_secret_env: A_SECRET_OF_TESTS }
`,
);
process.env.TABLEWRIGHT_CONFIG = file;

test("the provider's secret comes from the variable that the file names; without it the boot stops, with the line", () => {
  process.env.A_SECRET_OF_TESTS = "secret";
  expect(signInSecret()).toBe("secret");
  for (const value of ["", undefined]) {
    if (value === undefined) delete process.env.A_SECRET_OF_TESTS;
    else process.env.A_SECRET_OF_TESTS = value;
    expect(signInSecret).toThrow(`${file}:5:84: the environment variable A_SECRET_OF_TESTS is not set`);
  }
});

test("the check of a file says in words how people sign in and what auditors may, without needing the secret", () => {
  const { lines, exitCode } = configCheck(file);
  expect(exitCode).toBe(0);
  expect(lines).toContain("Auditors: members of audit see everything and change nothing.");
  expect(lines.find((line) => line.startsWith("Sign-in: "))).toMatch(
    /at https:\/\/login\.example\.com, as its client tables, .* A_SECRET_OF_TESTS; the claim groups tells/,
  );
});

const base = `projects:
  shop: { developers: [dana@example.com] }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
`;
const approvals = (rules: string) => `${base}approvals:\n${rules}`;
const signIn = (issuer: string, secret = "OIDC_SECRET") =>
  `${base}sign_in:\n  oidc:\n    issuer: ${issuer}\n    client_id: tablewright\n    client_secret_env: ${secret}\n`;

test.each<[name: string, text: string, place: string, reason: RegExp]>([
  ["no client", `${base}sign_in:\n  oidc: { issuer: https://a.example }\n`, "6:3", /`client_id` is missing/],
  ["an unknown way to sign in", `${base}sign_in: { saml: {} }\n`, "5:12", /unknown key "saml"/],
  ["a secret in the file", signIn("https://a.example", "s3cr3t-!"), "9:24", /never stands in the file/],
  ["a provider over http", signIn("http://login.example.com"), "7:13", /must be https/],
  ["a provider that is no URL", signIn("login.example.com"), "7:13", /must be the https URL/],
  ["a provider with a query", signIn("https://a.example/?a=b"), "7:13", /no user, password, query/],
  ["auditors who are the platform", `${base}auditor_group: platform\n`, "5:16", /change nothing/],
  [
    "auditors who approve",
    `auditor_group: a\n${approvals("  - { id: a, require: [{ group: a, count: 1 }] }\n")}`,
    "7:33",
    /change nothing/,
  ],
  [
    "auditors who develop",
    `auditor_group: a\n${base.replace("dana@example.com", "b, a")}`,
    "3:27",
    /change nothing/,
  ],
])("%s: refused with line, column and reason", (_, text, where, reason) => {
  let message = "OK";
  try {
    loadConfig(text, "t.yaml");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    message = error.message;
  }
  const line = message.split("\n").find((one) => one.startsWith(`t.yaml:${where}: `));
  expect(line, message).toMatch(reason);
});

test("a provider on this machine may be asked over http, for a trial", () => {
  for (const issuer of ["http://127.0.0.1:4000", "http://localhost:4000", "http://[::1]:4000"])
    expect(loadConfig(signIn(issuer), "t.yaml").sign_in?.oidc.issuer).toBe(issuer);
});

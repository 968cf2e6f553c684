import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { nameScope, targetOf } from "#lib/environments/target.ts";
import { configCheck } from "#lib/guardrails/check.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "config-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a good file is OK, with its environments and rules in words", () => {
  const { lines, exitCode } = configCheck("tablewright.yaml");
  expect(exitCode).toBe(0);
  expect(lines[0]).toBe("tablewright.yaml: OK");
  expect(lines).toContain("Environment dev: account 000000000000, us-east-1, in the sandbox.");
  expect(lines.filter((line) => line.startsWith("Approval "))).toHaveLength(4);
});

test("channels are told with what they hear of and the variables that workers need", () => {
  const file = path.join(folder, "channels.yaml");
  const channels = `notifications:
  - webhook: { url_env: HOOK_URL, secret_env: HOOK_SECRET, events: [request.submit, request.approve] }
  - slack: { url_env: SLACK_URL, events: ["*"] }
  - email: { smtp_env: SMTP_URL, from: tables@example.com, events: ["*"] }
`;
  writeFileSync(file, `${readFileSync("tablewright.yaml", "utf8")}\n${channels}`);
  const { lines } = configCheck(file);
  expect(lines.filter((line) => line.startsWith("Notification: "))).toEqual([
    "Notification: a webhook to the address in HOOK_URL, signed with the secret in HOOK_SECRET, of request.submit, request.approve.",
    "Notification: a Slack message to the address in SLACK_URL, of everything.",
    "Notification: e-mail from tables@example.com through the server in SMTP_URL, of everything.",
  ]);
});

test("a bad file exits 1 with every problem on a line of its own", () => {
  const file = path.join(folder, "bad.yaml");
  writeFileSync(file, "name: x\nprojets: {}\n");
  const { lines, exitCode } = configCheck(file);
  expect(exitCode).toBe(1);
  expect(lines).toContainEqual(expect.stringContaining(`${file}:2:1: unknown key "projets"`));
  expect(lines.at(-1)).toBe(`${file} cannot be used: 3 problems`);
});

test("a variable that a channel names and nobody has set is a warning that says which channel, which variable, and what to do", () => {
  const file = path.join(folder, "channels.yaml");
  writeFileSync(
    file,
    `projects: { shop: {} }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: sandbox } }
notifications:
  - webhook: { url_env: CHECK_HOOK_URL, secret_env: CHECK_HOOK_SECRET, events: ["*"] }
  - email: { smtp_env: CHECK_SMTP_URL, from: tables@example.com, events: ["*"] }
`,
  );
  Object.assign(process.env, { CHECK_HOOK_URL: "https://hooks.example.com", CHECK_SMTP_URL: "" });
  const { lines, exitCode } = configCheck(file);
  expect(exitCode).toBe(0);
  const ask = "which is missing or empty here. Set it where workers run: they do not start without it.";
  expect(lines.filter((line) => line.includes("The channel"))).toEqual([
    `Warning: The channel webhook CHECK_HOOK_URL needs the environment variable CHECK_HOOK_SECRET, ${ask}`,
    `Warning: The channel email CHECK_SMTP_URL needs the environment variable CHECK_SMTP_URL, ${ask}`,
  ]);
});

test("an environment's calls go to the sandbox, to its URL, or to AWS", () => {
  const sandboxUrl = "http://127.0.0.1:4566";
  expect(targetOf({ endpoint: "sandbox" }, { sandboxUrl })).toBe(sandboxUrl);
  expect(targetOf({ endpoint: "http://localhost:8000" }, { sandboxUrl })).toBe("http://localhost:8000");
  expect(targetOf({ endpoint: null }, { sandboxUrl })).toBeNull();
  expect(() => targetOf({ endpoint: "sandbox" }, { sandboxUrl: null })).toThrow(/sandbox is not running/);
});

test("names are unique per sandbox, AWS or URL, whatever port the sandbox has", () => {
  expect(nameScope({ endpoint: "sandbox" })).toBe("sandbox");
  expect(nameScope({ endpoint: null })).toBe("aws");
  expect(nameScope({ endpoint: "http://localhost:8000" })).toBe("http://localhost:8000");
});

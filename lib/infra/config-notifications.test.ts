import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";

const file = (channels: string) => `projects: { shop: {} }
environments: { dev: { account: "000000000000", region: us-east-1, endpoint: sandbox } }
notifications:
  - { ${channels} }
`;

test.each([
  [
    "an unknown event",
    "slack: { url_env: S, events: [request.aprove] }",
    "4:37",
    /did you mean "request.approve"/,
  ],
  ["no event", "slack: { url_env: S, events: [] }", "4:36", /at least one event/],
  [
    "an address in place of a variable",
    "slack: { url_env: https://x, events: ['*'] }",
    "4:25",
    /never stand in the file/,
  ],
  ["no secret", "webhook: { url_env: H, events: ['*'] }", "4:7", /`secret_env` is missing/],
  ["an unknown key", "slack: { url_env: S, events: ['*'], to: x }", "4:43", /unknown key "to"/],
  [
    "two kinds at once",
    "slack: { url_env: S, events: ['*'] }, webhook: { url_env: H, secret_env: K, events: ['*'] }",
    "4:5",
    /exactly one of/,
  ],
  [
    "what another channel has",
    "slack: { url_env: S, events: ['*'] } }\n  - { slack: { url_env: S, events: [request.fail] }",
    "5:5",
    /already/,
  ],
  [
    "a sender with a line of its own",
    'email: { smtp_env: S, from: "a@b.c\\r\\nBcc: d@e.f", events: ["*"] }',
    "4:35",
    /must be an e-mail address/,
  ],
])("a channel with %s is refused, with its place", (_, channels, place, reason) => {
  expect(() => loadConfig(file(channels), "t.yaml")).toThrow(`t.yaml:${place}: `);
  expect(() => loadConfig(file(channels), "t.yaml")).toThrow(reason);
});

test("a file without notifications has no channel", () => {
  expect(loadConfig(file("").split("notifications")[0] ?? "", "t.yaml").notifications).toEqual([]);
});

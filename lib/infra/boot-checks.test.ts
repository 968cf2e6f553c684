import { describe, expect, test } from "vitest";
import { type BootFacts, decideBoot, isDemoHost } from "./boot-checks.ts";

const sandboxOnly: BootFacts = {
  demo: undefined,
  databaseUrl: undefined,
  secret: undefined,
  host: "127.0.0.1",
  port: undefined,
  hasSignIn: false,
  url: "http://127.0.0.1:3000",
  environments: [
    { name: "dev", endpoint: "sandbox" },
    { name: "prod", endpoint: "http://127.0.0.1:8000" },
  ],
};
const aws = { environments: [...sandboxOnly.environments, { name: "live", endpoint: null }] };
const secret = "x".repeat(32);
const outcome = (facts: Partial<BootFacts>) => {
  const decision = decideBoot({ ...sandboxOnly, ...facts });
  return decision.ok
    ? decision.demo
      ? decision.demoOnAws
        ? "demo on AWS"
        : "demo"
      : "open"
    : decision.message;
};

describe("demo mode is the default only where nothing can be harmed", () => {
  test.each<[string, Partial<BootFacts>, string | RegExp]>([
    ["every environment has an endpoint", {}, "demo"],
    ["…and a secret is given", { secret }, "demo"],
    ["turned off by hand", { demo: "0", secret }, "open"],
    ["turned off by hand, no secret", { demo: "0" }, /TABLEWRIGHT_SECRET is not set.*TABLEWRIGHT_DEMO is 0/],
    ["a database of one's own", { databaseUrl: "postgresql://x", secret }, "open"],
    ["a database of one's own, no secret", { databaseUrl: "postgresql://x" }, /DATABASE_URL is set/],
    ["a database of one's own, demo by hand", { databaseUrl: "postgresql://x", demo: "1" }, "demo"],
    ["sign_in", { hasSignIn: true, secret }, "open"],
    ["sign_in, no secret", { hasSignIn: true }, /the configuration has sign_in/],
    ["sign_in on https", { hasSignIn: true, secret, url: "https://tables.example.com" }, "open"],
    ["sign_in, demo by hand", { hasSignIn: true, demo: "1", url: "http://tables.example.com" }, "demo"],
    ["sign_in over http", { hasSignIn: true, secret, url: "http://tables.example.com" }, /must be the https/],
    ["sign_in under a path", { hasSignIn: true, secret, url: "https://example.com/t" }, /must be the https/],
    ["sign_in at no address", { hasSignIn: true, secret, url: "tables" }, /must be the https/],
    [
      "at no address, without sign_in",
      { demo: "0", secret, url: "tables.example.com" },
      /be the whole address/,
    ],
    ["under a path, without sign_in", { demo: "0", secret, url: "https://a.example/t" }, /and no path/],
    ["demo mode at no address", { url: "http://::1:3000" }, /be the whole address/],
    ["an AWS environment", { ...aws, secret }, "open"],
    ["an AWS environment, no secret", aws, /live is in AWS \(no endpoint\)/],
    ["an AWS environment, demo by hand", { ...aws, demo: "1" }, "demo on AWS"],
    ["a short secret, even in demo mode", { secret: "short" }, /has 5 characters/],
    ["a short secret", { demo: "0", secret: "x".repeat(31) }, /at least 32/],
    ["demo mode on every interface", { host: "0.0.0.0" }, /listens on this machine only/],
    ["demo by hand on a public address", { demo: "1", host: "192.0.2.1" }, /listens on this machine only/],
    ["not demo, on every interface", { demo: "0", secret, host: "0.0.0.0" }, "open"],
    ["demo mode on IPv6 loopback", { host: "::1" }, "demo"],
    ["an unclear wish", { demo: "yes" }, /set it to 1 or 0/],
    ["a port that is none", { port: "http" }, /PORT is "http"/],
    ["a port out of range", { port: "65536" }, /PORT is "65536"/],
  ])("%s", (_name, facts, expected) => {
    if (typeof expected === "string") expect(outcome(facts)).toBe(expected);
    else expect(outcome(facts)).toMatch(expected);
  });
});

test.each([
  ["localhost", true],
  ["localhost:3000", true],
  ["127.0.0.1:3000", true],
  ["[::1]:3000", true],
  ["LOCALHOST:1", true],
  ["tables.example.com", false],
  ["localhost.example.com:3000", false],
  ["127.0.0.1.example.com", false],
  ["localhost:3000@example.com", false],
  ["", false],
  [undefined, false],
])("demo mode answers Host %s: %s", (header, allowed) => {
  expect(isDemoHost(header)).toBe(allowed);
});

import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { cleanHeaders, isForeignWrite, isOwnPath, isServedMethod } from "./received-headers.ts";
import { securityHeaders } from "./security-headers.ts";

const url = "https://tables.example.com";
const cleaned = (headers: IncomingHttpHeaders, demo = false) => {
  const request = { headers: { ...headers } };
  cleanHeaders(request, { url, demo });
  return request.headers;
};

describe("what a request says of itself", () => {
  test("never names the host: that is the configured address, whatever a proxy or a client claims", () => {
    const claims = {
      host: "10.0.0.7:3000",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "81",
      forwarded: "host=evil.example",
    };
    expect(cleaned(claims)).toEqual({
      host: "10.0.0.7:3000",
      "x-forwarded-host": "tables.example.com",
      "x-forwarded-proto": "https",
    });
    expect(cleaned(claims, true)).toEqual({ host: "10.0.0.7:3000" });
  });

  test.each([
    "x-middleware-subrequest",
    "x-middleware-rewrite",
    "x-tablewright-address",
    "x-nonce",
    "content-security-policy",
    "x-matched-path",
    "x-invoke-path",
    "x-original-url",
    "x-rewrite-url",
    "x-forwarded-for",
    "x-real-ip",
  ])("does not steer anything by %s", (name) => {
    expect(cleaned({ [name]: "x" }, true)).toEqual({});
  });

  test("keeps what Next, the API and the browser need", () => {
    const needed = {
      rsc: "1",
      "next-action": "4f",
      "next-router-state-tree": "%5B%5D",
      authorization: "Bearer twt_x",
      cookie: "a=b",
      origin: url,
      "sec-fetch-site": "same-origin",
      "idempotency-key": "1",
      "content-type": "application/json",
    };
    expect(cleaned(needed, true)).toEqual(needed);
  });
});

test.each([
  ["/", true],
  ["/tables?q=%25", true],
  ["/tables?q=%ff", true],
  ["/%ff", false],
  ["http://evil.example/tables", false],
  ["*", false],
  ["", false],
  [undefined, false],
])("an address is a path that can be read: %s", (address, own) => {
  expect(isOwnPath(address)).toBe(own);
});

test.each([
  ["GET", true],
  ["DELETE", true],
  ["TRACE", false],
  ["PROPFIND", false],
  ["get", false],
  [undefined, false],
])("a method that something here may take: %s", (method, expected) => {
  expect(isServedMethod(method)).toBe(expected);
});

test.each([
  ["POST", "https://tables.example.com", false],
  ["POST", undefined, false],
  ["POST", "https://evil.example", true],
  ["POST", "https://tables.example.com.evil.example", true],
  ["POST", "https://10.0.0.7:3000", true],
  ["POST", "null", true],
  ["POST", "", true],
  ["PUT", "https://evil.example", true],
  ["GET", "https://evil.example", false],
])("a write that another site sent: %s from %s", (method, origin, foreign) => {
  const headers = { host: "10.0.0.7:3000", ...(origin !== undefined && { origin }) };
  expect(isForeignWrite({ method, headers }, { url, demo: false })).toBe(foreign);
});

test("in demo mode, where there is no one address, a write comes from the host that it goes to", () => {
  const from = (origin: string) =>
    isForeignWrite({ method: "POST", headers: { host: "localhost:3000", origin } }, { url, demo: true });
  expect([from("http://localhost:3000"), from("http://localhost:3001"), from(url)]).toEqual([
    false,
    true,
    true,
  ]);
});

test("browsers are told to come back over TLS alone, where people reach us over TLS", () => {
  const sent = securityHeaders({ https: true })["Strict-Transport-Security"];
  expect(sent).toMatch(/^max-age=\d+; includeSubDomains$/);
  expect(Number(/\d+/.exec(sent!))).toBeGreaterThanOrEqual(365 * 86_400);
  expect(securityHeaders({ https: false })).not.toHaveProperty("Strict-Transport-Security");
});

import { expect, test } from "vitest";
import { attemptCookie, sessionCookie } from "./session-cookie.ts";

test("over https the cookies are bound to this very host, secure, and out of reach of scripts and foreign posts", () => {
  process.env.TABLEWRIGHT_URL = "https://tables.example.com";
  const options = { httpOnly: true, secure: true, sameSite: "lax", path: "/" };
  expect(sessionCookie()).toEqual({
    name: "__Host-tablewright-session",
    options: { ...options, maxAge: 12 * 3600 },
  });
  expect(attemptCookie()).toEqual({
    name: "__Host-tablewright-sign-in",
    options: { ...options, maxAge: 600 },
  });
});

test("over http, on this machine alone, browsers take no such cookie, so it has another name", () => {
  process.env.TABLEWRIGHT_URL = "http://127.0.0.1:3000";
  expect(sessionCookie()).toMatchObject({
    name: "tablewright-session",
    options: { secure: false, httpOnly: true },
  });
});

import { expect, test, vi } from "vitest";
import { answer } from "./run-route.ts";

// The log would have all of it, as it should.
vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

test("an error that nobody foresaw is told by its reference alone, and no cache keeps it", async () => {
  const secret = "select * from session at /srv/app/store.ts:12";
  const response = await answer(() => Promise.reject(new Error(secret, { cause: new Error(secret) })));
  expect(response.status).toBe(500);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const text = await response.text();
  expect(text).toMatch(/reference [0-9a-f]{8}\./);
  expect(text).not.toMatch(/select|session|store\.ts|Error/);
  expect(Object.keys(JSON.parse(text)).toSorted()).toEqual(["detail", "errors", "status", "title", "type"]);
});

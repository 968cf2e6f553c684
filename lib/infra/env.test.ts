import { afterEach, expect, test, vi } from "vitest";
import { env } from "./env.ts";

afterEach(() => vi.unstubAllEnvs());

test.each([
  ["DATABASE_POOL_SIZE", "-1", /^DATABASE_POOL_SIZE is "-1": .* whole number from 1 on/],
  ["DATABASE_POOL_SIZE", "0", /from 1 on/],
  ["DATABASE_POOL_SIZE", "ten", /from 1 on/],
  ["TABLEWRIGHT_PROXIES", "one", /^TABLEWRIGHT_PROXIES is "one": .* from 0 on/],
  ["TABLEWRIGHT_PROXIES", "1.5", /from 0 on/],
  ["METRICS_PORT", "99999", /^METRICS_PORT is "99999"/],
  ["METRICS_PORT", "0", /from 1 to 65535/],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", /"collector:4318": set OTEL_EXPORTER_OTLP_ENDPOINT/],
  ["LOG_LEVEL", "verbose", /^LOG_LEVEL is "verbose": set it to trace, debug, info/],
])("%s=%s is told at the start, for it would be found out late or never", (name, value, reason) => {
  vi.stubEnv(name, value);
  expect(() => env.check()).toThrow(reason);
});

test("variables that are empty count as unset", () => {
  const names = [
    "DATABASE_POOL_SIZE",
    "TABLEWRIGHT_PROXIES",
    "METRICS_PORT",
    "LOG_LEVEL",
    "TABLEWRIGHT_URL",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
  ];
  for (const name of names) vi.stubEnv(name, "");
  expect(() => env.check()).not.toThrow();
  expect([env.databasePoolSize, env.proxies, env.logLevel]).toEqual([10, 0, "info"]);
});

test("the default address is one that can be read, on IPv6 too", () => {
  vi.stubEnv("TABLEWRIGHT_URL", undefined);
  vi.stubEnv("HOST", "::1");
  vi.stubEnv("PORT", "3000");
  expect(env.url).toBe("http://[::1]:3000");
});

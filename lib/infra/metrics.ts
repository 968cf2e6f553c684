import type { ServerResponse } from "node:http";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/**
 * What this process counts, as Prometheus reads it. Labels never name a table, a person or a project: whoever reads
 * metrics need not be allowed to see those.
 */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

/** Calls to AWS or an endpoint: which, what came of it, how long. */
export const awsCalls = new Histogram({
  name: "tablewright_aws_call_duration_seconds",
  help: "Calls to AWS by outcome: ok, absent, throttled, denied, expired, refused, fault, no_answer",
  labelNames: ["call", "outcome"],
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

/** Answers of the web server. */
export const httpAnswers = new Histogram({
  name: "tablewright_http_request_duration_seconds",
  help: "HTTP requests by kind of route and status",
  labelNames: ["route", "status"],
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

/** The kind of route an address belongs to; few, so that nobody can make series without end. */
export function routeOf(url = "/"): "static" | "api" | "browser" | "health" | "metrics" | "page" {
  const path = url.replace(/[?#].*/s, "");
  if (path.startsWith("/_next/") || /^\/(icon|favicon)/.test(path)) return "static";
  if (path === "/api/v1" || path.startsWith("/api/v1/")) return "api";
  if (path.startsWith("/api/")) return "browser";
  if (path.startsWith("/health/")) return "health";
  return path === "/metrics" ? "metrics" : "page";
}

/** Writes all metrics as the answer; `collect` first brings those up to date that are read from elsewhere. */
export async function answerMetrics(response: ServerResponse, collect?: () => Promise<void>): Promise<void> {
  await collect?.();
  const text = await metrics.metrics();
  response.writeHead(200, { "Content-Type": metrics.contentType, "Cache-Control": "no-store" }).end(text);
}

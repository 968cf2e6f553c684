import { env } from "./env.ts";
import { log } from "./log.ts";
import { logContext } from "./log-context.ts";

type Attributes = Record<string, string | number>;

export type SpanFields = {
  kind: "server" | "client" | "internal";
  attributes: Attributes;
  /** A trace of its own, whatever it was begun by. */
  root?: boolean;
  /** Received headers, which may say whose trace this is part of. */
  carrier?: Record<string, unknown>;
};

export type OpenSpan = { set: (attributes: Attributes) => void; end: (failed: boolean) => void };

export type Tracing = {
  run: <T>(name: string, fields: SpanFields, use: (span: OpenSpan) => T) => T;
  stop: () => Promise<void>;
};

const noSpan: OpenSpan = { set: () => {}, end: () => {} };
const longestFlushMilliseconds = 2_000;
let tracing: Tracing | null = null;

/** Begins to trace where OTEL_EXPORTER_OTLP_ENDPOINT says to whom; without it nothing is loaded, and spans cost nothing. */
export async function startTracing(serviceName: string): Promise<void> {
  if (!env.traces) return;
  const { traceOverOtlp } = await import("./otlp.ts");
  tracing = traceOverOtlp(serviceName, env.traces.ratio);
}

/** Sends what is left, for two seconds at most: nobody waits for a collector that is away. */
export async function stopTracing(): Promise<void> {
  if (!tracing) return;
  const waited = new Promise<void>((resolve) => setTimeout(resolve, longestFlushMilliseconds).unref());
  await Promise.race([tracing.stop(), waited]).catch((err) => log.warn({ err }, "the last spans were lost"));
  tracing = null;
}

/** Runs `use` in a span that it ends itself; what is traced meanwhile is part of it. The log's ids are attributes. */
export function withSpan<T>(name: string, fields: SpanFields, use: (span: OpenSpan) => T): T {
  if (!tracing) return use(noSpan);
  return tracing.run(name, { ...fields, attributes: { ...ids(), ...fields.attributes } }, use);
}

/** As `withSpan`, for as long as `use` takes; the span has failed if that throws. */
export function inSpan<T>(name: string, fields: SpanFields, use: (span: OpenSpan) => Promise<T>): Promise<T> {
  return withSpan(name, fields, async (span) => {
    let failed = true;
    try {
      const result = await use(span);
      failed = false;
      return result;
    } finally {
      span.end(failed);
    }
  });
}

/** The same names as in log lines, but no person: whoever reads traces need not be allowed to see who does what. */
function ids(): Attributes {
  const { requestId, operation, request } = logContext();
  return {
    ...(requestId && { "tablewright.request_id": requestId }),
    ...(operation && { "tablewright.operation": operation }),
    ...(request && { "tablewright.request": request }),
  };
}

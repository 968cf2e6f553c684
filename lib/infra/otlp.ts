import {
  context,
  DiagLogLevel,
  diag,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TracerProvider as SdkTracerProvider,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace";
import { warn } from "./log.ts";
import type { SpanFields, Tracing } from "./tracing.ts";

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/**
 * Sends spans by OTLP over HTTP. The exporter reads its own variables (OTEL_EXPORTER_OTLP_*), and the resource's are
 * OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES. Next finds the global provider and adds its own spans.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 * @param ratio of the traces that begin here, 0 to 1; one that was begun elsewhere is sampled as it was there
 */
export function traceOverOtlp(serviceName: string, ratio: number): Tracing {
  const provider = new SdkTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": serviceName }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [withoutQueries, new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const ignore = () => {};
  const error = (reason: string) => warn("traces could not be sent", { reason: reason.slice(0, 300) });
  diag.setLogger({ error, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return { run: runner(provider), stop: () => provider.shutdown() };
}

/** Next notes addresses as they were asked for; a query may hold what a provider signs somebody in with. */
const withoutQueries: SpanProcessor = {
  onStart: (span) => {
    for (const name of ["http.target", "http.url", "url.full"]) {
      const address = span.attributes[name];
      if (typeof address === "string") span.setAttribute(name, address.replace(/[?#].*/s, ""));
    }
  },
  onEnd: () => {},
  forceFlush: async () => {},
  shutdown: async () => {},
};

function runner(provider: TracerProvider): Tracing["run"] {
  const tracer = provider.getTracer("tablewright");
  return (name, { kind, attributes, carrier, root }: SpanFields, use) => {
    const active = root ? ROOT_CONTEXT : context.active();
    const parent = carrier ? propagation.extract(active, carrier) : active;
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, parent);
    return context.with(trace.setSpan(parent, span), () =>
      use({
        set: (more) => span.setAttributes(more),
        end: (failed) => {
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      }),
    );
  };
}

import { createServer } from "node:http";

export type CollectedSpan = {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Record<string, unknown>;
};

type Attribute = { key: string; value: Record<string, unknown> };
type Spans = { scopeSpans: { spans: (Omit<CollectedSpan, "service"> & { attributes?: Attribute[] })[] }[] };
type Export = { resourceSpans: (Spans & { resource: { attributes: Attribute[] } })[] };

/**
 * Receives traces as a collector does, by OTLP over HTTP in JSON, on this port of loopback.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp-request
 */
export async function startTraceCollector(port: number) {
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method === "POST" && request.url === "/v1/traces")
      spans.push(...read(JSON.parse(Buffer.concat(chunks).toString())));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { spans, stop };
}

function read({ resourceSpans }: Export): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        ...span,
        service: String(values(resource.attributes)["service.name"]),
        attributes: values(span.attributes ?? []),
      })),
    ),
  );
}

const values = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

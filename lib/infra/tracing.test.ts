import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** What a process loads of OpenTelemetry's SDK when it starts to trace and runs in a span, as an own process tells it. */
async function loaded(variables: Record<string, string>): Promise<{ result: string; modules: string[] }> {
  const script = `
    import { registerHooks } from "node:module";
    const modules = [];
    registerHooks({ load: (url, context, next) => (modules.push(url), next(url, context)) });
    const { startTracing, inSpan } = await import("#lib/infra/tracing.ts");
    await startTracing("a test");
    const result = await inSpan("work", { kind: "internal", attributes: {} }, async () => "done");
    const sdk = modules.filter((url) => url.includes("/node_modules/@opentelemetry/"));
    process.stdout.write(JSON.stringify({ result, modules: sdk }), () => process.exit(0));`;
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith("OTEL_")) delete env[name];
  const args = ["--input-type=module", "--eval", script];
  return JSON.parse((await run(process.execPath, args, { env: { ...env, ...variables } })).stdout);
}

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };

test.each([
  ["no collector is named", {}],
  ["it is switched off", { ...endpoint, OTEL_SDK_DISABLED: "true" }],
  ["traces are not exported", { ...endpoint, OTEL_TRACES_EXPORTER: "none" }],
])("nothing of OpenTelemetry is loaded where %s", async (_case, variables) => {
  expect(await loaded(variables)).toEqual({ result: "done", modules: [] });
});

test("it is loaded where a collector is named, and one that is away changes nothing", async () => {
  const { result, modules } = await loaded(endpoint);
  expect(result).toBe("done");
  expect(modules.length).toBeGreaterThan(5);
});

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/**
 * The one place that reads environment variables. Getters, so that a test or a launcher may set a variable
 * before it is first used. Names and defaults: docs/configuration.md.
 */
export const env = {
  get databaseUrl(): string {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL is not set. `npm start` sets it for the embedded Postgres.");
    if (!/^postgres(ql)?:\/\/./.test(url))
      throw new Error(
        "DATABASE_URL is no address of a Postgres: give postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
      );
    return url;
  },
  /** Connections a process may hold at once. */
  get databasePoolSize(): number {
    return wholeNumber("DATABASE_POOL_SIZE", { least: 1, unset: 10 });
  },
  get configFile(): string {
    return process.env.TABLEWRIGHT_CONFIG ?? "tablewright.yaml";
  },
  get dataFolder(): string {
    return process.env.TABLEWRIGHT_DATA ?? ".tablewright";
  },
  get host(): string {
    return process.env.HOST ?? "127.0.0.1";
  },
  get port(): number {
    return Number(process.env.PORT ?? 3000);
  },
  /** The address people use, without a slash at the end. */
  get url(): string {
    const host = this.host.includes(":") ? `[${this.host}]` : this.host;
    return (process.env.TABLEWRIGHT_URL || `http://${host}:${this.port}`).replace(/\/+$/, "");
  },
  /** How many proxies stand in front of the web server and append to X-Forwarded-For. */
  get proxies(): number {
    return wholeNumber("TABLEWRIGHT_PROXIES", { least: 0, unset: 0 });
  },
  /** The token that the command-line tool calls the API with. */
  get token(): string | undefined {
    return process.env.TABLEWRIGHT_TOKEN;
  },
  /** Set to 1 or 0 by the launcher, which knows the contract's rule for the default. */
  get demo(): boolean {
    return process.env.TABLEWRIGHT_DEMO === "1";
  },
  get secret(): string | undefined {
    return process.env.TABLEWRIGHT_SECRET;
  },
  /** Where the sandbox of this installation listens; null when no environment uses it. */
  get sandboxUrl(): string | null {
    return process.env.TABLEWRIGHT_SANDBOX_URL ?? null;
  },
  /** A variable that the configuration names, for a secret; undefined where it is unset or empty. */
  named(name: string): string | undefined {
    return process.env[name] || undefined;
  },
  /** Where a worker shows its metrics; null: nowhere. */
  get metricsPort(): number | null {
    const port = process.env.METRICS_PORT;
    if (port && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
      throw new Error(`METRICS_PORT is "${port}": set it to a number from 1 to 65535, or leave it unset.`);
    return port ? Number(port) : null;
  },
  /**
   * Whether to send traces, and the share of those that begin here; null: none. Which variables count:
   * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
   */
  get traces(): { ratio: number } | null {
    const { OTEL_SDK_DISABLED: off, OTEL_TRACES_EXPORTER: exporter = "otlp" } = process.env;
    const endpoint =
      process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (!endpoint || off?.toLowerCase() === "true" || exporter !== "otlp") return null;
    if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ""))
      throw new Error(
        `The address for traces is "${endpoint}": set OTEL_EXPORTER_OTLP_ENDPOINT to an http(s) URL, such as http://localhost:4318, or leave it unset.`,
      );
    const sampler = process.env.OTEL_TRACES_SAMPLER ?? "";
    if (sampler.endsWith("always_off")) return null;
    const ratio = sampler.endsWith("traceidratio") ? Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1) : 1;
    if (!(ratio >= 0 && ratio <= 1))
      throw new Error("OTEL_TRACES_SAMPLER_ARG is the share of traces to keep: a number from 0 to 1.");
    return { ratio };
  },
  get logLevel(): string {
    const level = process.env.LOG_LEVEL || "info";
    if (!logLevels.includes(level))
      throw new Error(`LOG_LEVEL is "${level}": set it to ${logLevels.join(", ")}, or leave it unset.`);
    return level;
  },
  /** Throws an Error that names the variable where one that is first used later holds what cannot be used. */
  check(): void {
    const { databasePoolSize, proxies, metricsPort, traces, logLevel } = this;
    void [databasePoolSize, proxies, metricsPort, traces, logLevel];
  },
};

function wholeNumber(name: string, { least, unset }: { least: number; unset: number }): number {
  const text = process.env[name];
  if (!text) return unset;
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw new Error(`${name} is "${text}": set it to a whole number from ${least} on, or leave it unset.`);
  return Number(text);
}

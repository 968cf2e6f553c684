import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export type Counts = { passed: number; failed: number; skipped: number };
export type Check = {
  name: string;
  /** Arguments of node. */
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Reads how many tests passed and failed; without it the whole check counts as one. */
  count?: () => Counts;
};

let current: ReturnType<typeof spawn> | undefined;
/** Runs every check, one after another, whatever fails; prints a summary whose last line is `N passed, N failed`. */
export async function runChecks(checks: Check[]): Promise<void> {
  stopWithUs();
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const summary: string[] = [];
  for (const check of checks) {
    console.log(`\n── ${check.name} ──`);
    const startedAt = performance.now();
    const counts = await runCheck(check);
    for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    summary.push(`${counts.failed > 0 ? "✗" : "✓"} ${check.name}: ${sentence(counts)} (${seconds} s)`);
  }
  console.log(`\n${summary.join("\n")}\n${sentence(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** A check that is running ends before we do. */
function stopWithUs() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      current?.kill("SIGTERM");
      process.exitCode = 1;
      setTimeout(() => process.exit(1), 9000).unref();
      current?.once("close", () => process.exit(1));
      if (!current) process.exit(1);
    });
  }
}

async function runCheck({ args, env, count }: Check): Promise<Counts> {
  current = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  const running = current;
  const code = await new Promise<number | null>((resolve) => {
    running.once("error", () => resolve(null)).once("close", resolve);
  });
  current = undefined;
  const counts = count?.() ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  // A run that failed as a whole (a crash, an unhandled error) is a failure even if each test in it passed.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Counts of vitest's JSON report. A file that could not be loaded counts as one failure. */
export function countVitest(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. A flaky test is a failed one. */
export function countPlaywright(file: string): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8")) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  };
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed || (errors.length > 0 ? 1 : 0), skipped: stats.skipped };
}

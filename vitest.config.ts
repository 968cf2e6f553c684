import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { importsOf, reachableFrom, sourceFiles } from "./scripts/import-graph.ts";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";
// Hundreds of processes load the same code: each test file's, workers that are killed, the command-line tool.
process.env.NODE_COMPILE_CACHE ??= path.join(os.tmpdir(), "tablewright-compile-cache");

const tests = sourceFiles().filter((file) => /\.test\.tsx?$/.test(file));
const reaches = (file: string, wanted: string) =>
  [...reachableFrom(file)].some((one) => one === wanted || importsOf(one).some(({ to }) => to === wanted));
const onPostgres = tests.filter((file) => reaches(file, "lib/infra/embedded-postgres.ts"));
/** They ask programs of others (Terraform, the CDK, shells) what they make of ours, which takes its time. */
const spawning = tests.filter((file) => !onPostgres.includes(file) && reaches(file, "node:child_process"));
const pure = tests.filter((file) => !onPostgres.includes(file) && !spawning.includes(file));
/** They read variables or the configuration, of which a process keeps what it read. The rest keep nothing, and share. */
const remembering = pure.filter((file) => reaches(file, "lib/infra/env.ts"));
const sharing = pure.filter((file) => !remembering.includes(file));

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // A line for each of tens of thousands of refusals is read by nobody and costs as much as a tenth of the tests.
  env: { LOG_LEVEL: "warn" },
};

export default defineConfig({
  resolve: {
    // The marker throws outside Next; tests call the adapters in plain Node.
    alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) },
  },
  test: {
    // Most files wait for a server or a program more than they compute: a core each, none kept free.
    maxWorkers: "100%",
    projects: [
      // A process of its own costs most of these files more than their tests.
      { extends: true, test: { ...shared, name: "pure", include: sharing, isolate: false } },
      { extends: true, test: { ...shared, name: "pure-with-variables", include: remembering } },
      { extends: true, test: { ...shared, name: "consumers", include: spawning } },
      {
        extends: true,
        test: { ...shared, name: "postgres", include: onPostgres, globalSetup: ["prisma/test-database.ts"] },
      },
    ],
  },
});

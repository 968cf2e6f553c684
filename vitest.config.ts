import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { importsOf, reachableFrom, sourceFiles } from "./scripts/import-graph.ts";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";

const tests = sourceFiles().filter((file) => /\.test\.tsx?$/.test(file));
const reaches = (file: string, wanted: string) =>
  [...reachableFrom(file)].some((one) => one === wanted || importsOf(one).some(({ to }) => to === wanted));
const onPostgres = tests.filter((file) => reaches(file, "lib/infra/embedded-postgres.ts"));
/** They ask programs of others (Terraform, the CDK, shells) what they make of ours, which takes its time. */
const spawning = tests.filter((file) => !onPostgres.includes(file) && reaches(file, "node:child_process"));
const alone = tests.filter((file) => !onPostgres.includes(file) && !spawning.includes(file));

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
      { extends: true, test: { ...shared, name: "pure", include: alone } },
      { extends: true, test: { ...shared, name: "consumers", include: spawning } },
      {
        extends: true,
        test: { ...shared, name: "postgres", include: onPostgres, globalSetup: ["prisma/test-database.ts"] },
      },
    ],
  },
});

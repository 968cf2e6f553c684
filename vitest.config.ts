import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { reachableFrom, sourceFiles } from "./scripts/import-graph.ts";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";

const tests = sourceFiles().filter((file) => /\.test\.tsx?$/.test(file));
const onPostgres = tests.filter((file) => reachableFrom(file).has("lib/infra/embedded-postgres.ts"));

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  resolve: {
    // The marker throws outside Next; tests call the adapters in plain Node.
    alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) },
  },
  test: {
    projects: [
      {
        extends: true,
        test: { ...shared, name: "pure", include: tests.filter((file) => !onPostgres.includes(file)) },
      },
      {
        extends: true,
        test: { ...shared, name: "postgres", include: onPostgres, globalSetup: ["prisma/test-database.ts"] },
      },
    ],
  },
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  resolve: {
    // The marker throws outside Next; tests call the adapters in plain Node.
    alias: { "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)) },
  },
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["node_modules/**", ".next*/**", ".tablewright/**", "e2e/**"],
    globalSetup: ["prisma/test-database.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

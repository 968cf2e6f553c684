import { defineConfig } from "vitest/config";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["node_modules/**", ".next*/**", ".tablewright/**", "e2e/**"],
    globalSetup: ["prisma/test-database.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

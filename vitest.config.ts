import { defineConfig } from "vitest/config";

// An odd time zone, so that code which forgets time zones fails at once.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", ".next/**", "e2e/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

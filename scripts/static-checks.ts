import type { Check } from "./checks.ts";

/** What is checked without running the product; each counts as one. */
export const staticChecks: Check[] = [
  {
    name: "format and lint",
    args: ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--max-diagnostics=50"],
  },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "--noEmit", "--project", "."] },
  { name: "unused code and packages", args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
];

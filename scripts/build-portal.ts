/** Builds the web server if its sources changed. */
import { buildIfChanged } from "./build.ts";

try {
  await buildIfChanged((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

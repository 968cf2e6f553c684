/** npm run build: builds the web server if its sources changed. One build serves all replicas. */
import { buildIfChanged } from "./build.ts";

try {
  await buildIfChanged((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

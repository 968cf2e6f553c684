/** npm run worker: one worker, against DATABASE_URL. Any number may run. */
import { prepareProcess } from "./boot.ts";

prepareProcess({ notifies: true });
await import("#lib/worker/main.ts");

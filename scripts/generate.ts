/** npm run generate: makes the Prisma client in prisma/generated, if the schema or Prisma changed since. No network. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const stampFile = "prisma/generated/.made-from";
const prismaVersion = readFileSync("node_modules/prisma/package.json", "utf8").match(
  /"version": "(.+)"/,
)?.[1];
const madeFrom = createHash("sha256")
  .update(`${prismaVersion}\n${readFileSync("prisma/schema.prisma")}`)
  .digest("hex");

if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== madeFrom) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/prisma/build/index.js", "generate", "--schema=prisma/schema.prisma"],
    {
      encoding: "utf8",
      // `generate` does not run the schema engine, but downloads it unless it is told where one is: any program does.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
      },
    },
  );
  if (status !== 0) {
    console.error(`Prisma could not generate its client:\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stampFile, madeFrom);
}

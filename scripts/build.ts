/** `next build` when what it reads has changed since the last build in this folder. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BootRefusal } from "./boot.ts";
import { inTurn } from "./run-lock.ts";

const sourceFolders = ["app", "components", "lib", "public", "prisma/migrations"];
const sourceFiles = [
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "prisma/schema.prisma",
  "proxy.ts",
  "tsconfig.json",
];

/** The folder, relative to the repository, that the web server is built into. */
function buildFolder(): string {
  return process.env.NEXT_DIST_DIR ?? ".next";
}

/** Web servers that start together in one folder build once: the first builds, the others wait for it. */
const buildLock = "node_modules/.tablewright-build";

/**
 * @param say told once when a build is needed, before it begins.
 * @throws BootRefusal with the build's output when it fails.
 */
export async function buildIfChanged(say: (line: string) => void): Promise<void> {
  const sources = hashOfSources();
  // Without the lock, which takes a folder that may be written to: an image has none.
  if (isBuiltFrom(sources)) return;
  await inTurn(buildLock, () => build(sources, say));
}

const stampFile = () => path.join(buildFolder(), "built-from");
const isBuiltFrom = (sources: string) =>
  existsSync(stampFile()) && readFileSync(stampFile(), "utf8") === sources;

async function build(sources: string, say: (line: string) => void): Promise<void> {
  if (isBuiltFrom(sources)) return;
  // A build that is broken off must not pass for the one before it.
  rmSync(stampFile(), { force: true });
  say("Building the portal (only when its sources changed) …");
  const output: string[] = [];
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
  const stop = () => child.kill();
  process.once("exit", stop);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  process.off("exit", stop);
  if (code !== 0) throw new BootRefusal(`The build failed:\n${output.join("")}`);
  writeFileSync(stampFile(), sources);
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = sourceFolders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
          .map((entry) => path.join(entry.parentPath, entry.name))
      : [],
  );
  for (const file of [...files, ...sourceFiles.filter((name) => existsSync(name))].sort()) {
    hash.update(`${file}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
  }
  return hash.digest("hex");
}

/**
 * Every npm script begins here, with whatever Node the machine has (20 or newer) and nothing installed:
 * installs the packages when they are missing or the lock file changed, then runs scripts/<command>.ts with the
 * Node that came with the packages.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.join(import.meta.dirname, "..");
const [command, ...args] = process.argv.slice(2);
const script = path.join(root, "scripts", `${command}.ts`);
const wantedMajor = 24;

const majorOf = (version) => Number(version.replace(/^v/, "").split(".")[0]);

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : null;
}

/** npm notes what it installed in node_modules/.package-lock.json, as its last act. */
function installed() {
  const found = packagesOf(path.join(root, "node_modules/.package-lock.json"));
  if (!found) return false;
  const wanted = Object.entries(packagesOf(path.join(root, "package-lock.json")));
  return wanted.every(([name, entry]) => {
    if (name === "") return true;
    return found[name]
      ? found[name].version === entry.version
      : Boolean(entry.optional || entry.peer || entry.extraneous);
  });
}

function install() {
  console.error("Installing packages (only when they changed; a minute or two) …");
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  // Unlike `npm ci` it takes a platform's package that the registry does not have for missing, not for an error.
  const flags = [
    "install",
    "--no-save",
    "--include=dev",
    "--include=optional",
    "--loglevel=error",
    "--no-progress",
  ];
  const { status } = spawnSync(npm[0], [...npm.slice(1), ...flags], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  console.error("npm could not install the packages (see above). Is the npm registry reachable?");
  process.exit(1);
}

function runtime() {
  if (majorOf(process.version) >= wantedMajor) return process.execPath;
  const bundled = path.join(root, "node_modules/.bin/node");
  if (existsSync(bundled)) return bundled;
  console.error(
    `No Node ${wantedMajor} came with the packages for this platform: install Node ${wantedMajor} and try again.`,
  );
  process.exit(1);
}

/** Does the same in a process of the other Node, which hears our signals and notices our end by the closed channel. */
function handOver(node) {
  const child = spawn(node, [import.meta.filename, command, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  whenNpmIsGone(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

/** A killed npm cannot pass a signal on: then the kernel gives us another parent. */
function whenNpmIsGone(leave) {
  if (!process.env.npm_lifecycle_event || process.channel) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    leave();
  }, 500);
  timer.unref();
}

if (majorOf(process.version) < 20) {
  console.error(`Tablewright needs Node 20 or newer; this is ${process.version}.`);
  process.exit(1);
}
if (!command || !existsSync(script)) {
  console.error(`There is no command ${command ?? ""}.`);
  process.exit(2);
}
if (!installed()) install();
process.chdir(root);
const node = runtime();
if (node === process.execPath) {
  whenNpmIsGone(() => process.kill(process.pid, "SIGTERM"));
  await import("./with-parent.ts");
  await import("./generate.ts");
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else {
  handOver(node);
}

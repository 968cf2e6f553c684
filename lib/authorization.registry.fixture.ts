import { readFileSync } from "node:fs";
import { sourceFiles } from "../scripts/import-graph.ts";

const made = /^export const (\w+) = (command|query)\(/gm;
/** A verb with more than one kind of input hands each on to a command of its own, which is not to be had elsewhere. */
const handsOn = /^export const (\w+) = (\(actor: Actor, input: unknown\)) =>/gm;
const ofActorAlone = /^export (?:async )?function (\w+)\(_?actor: UserActor\)/gm;

const found = sourceFiles()
  .filter((file) => /^lib\/(?!core|server|client|worker)[a-z-]+\/(?!.*\.(test|fixture)\.ts$)/.test(file))
  .map((file) => readFileSync(file, "utf8"))
  .flatMap((source) => [made, handsOn, ofActorAlone].flatMap((shape) => [...source.matchAll(shape)]));

/** Every verb and query of the code: what `command` or `query` makes, and reads that ask nothing but who asks. */
export const registry: readonly string[] = found.map(([, name]) => name!).toSorted();

/** Those that write. */
export const verbs: ReadonlySet<string> = new Set(
  found.filter(([, , by]) => by === "command" || by?.startsWith("(")).map(([, name]) => name!),
);

import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** `to` is a path from the repository's root, or a package's (or node:) name. */
export type Import = { from: string; to: string; typeOnly: boolean };

const folders = "{app,bench,components,e2e,lib,prisma,scripts}";
const importStatement = /^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;
const dynamicImport = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** @returns every source file we wrote, as paths from the repository's root. */
export function sourceFiles(): string[] {
  return globSync(`${folders}/**/*.{ts,tsx,mjs}`, {
    exclude: (name) => name === "generated" || name === "node_modules",
  })
    .filter((file) => !file.startsWith("prisma/generated"))
    .sort();
}

const read = new Map<string, Import[]>();

/** @returns what a file imports, statically or not. Read once: sources are taken not to change while we run. */
export function importsOf(file: string): Import[] {
  const known = read.get(file) ?? readImports(file);
  read.set(file, known);
  return known;
}

function readImports(file: string): Import[] {
  const source = readFileSync(file, "utf8");
  const found = [
    ...[...source.matchAll(importStatement)].map((match) => ({
      name: match[2] ?? "",
      typeOnly: match[1] !== undefined,
    })),
    ...[...source.matchAll(dynamicImport)].map((match) => ({ name: match[1] ?? "", typeOnly: false })),
  ];
  return found.map(({ name, typeOnly }) => ({ from: file, to: resolveImport(file, name), typeOnly }));
}

/** @returns the files that a file reaches through imports that exist at run time, itself among them. */
export function reachableFrom(file: string): Set<string> {
  const reached = new Set([file]);
  for (const current of reached) {
    for (const { to, typeOnly } of importsOf(current)) {
      if (!typeOnly && /\.(tsx?|mjs)$/.test(to) && existsSync(to)) reached.add(to);
    }
  }
  return reached;
}

function resolveImport(file: string, name: string): string {
  if (name.startsWith("#")) return name.slice(1);
  if (name.startsWith(".")) return path.join(path.dirname(file), name);
  return name;
}

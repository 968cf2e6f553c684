import { readFileSync } from "node:fs";
import { lt } from "semver";
import { expect, test } from "vitest";

type Floors = Record<string, { minimum: string; because: string }>;
type LockFile = { packages: Record<string, { version?: string }> };

const read = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;
const { packages } = read<LockFile>("package-lock.json");

/** Every copy of a package that an installation gets, also those that another package brings along. */
const installed = (name: string) =>
  Object.entries(packages)
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .map(([place, { version }]) => ({ place, version: version! }));

test.each(Object.entries(read<Floors>("minimum-versions.json")))(
  "no copy of %s is older than the release that mended it",
  (name, { minimum, because }) => {
    const copies = installed(name);
    expect(copies, `${name} is not installed: take it out of minimum-versions.json`).not.toEqual([]);
    const old = copies.filter(({ version }) => lt(version, minimum));
    expect(old, `${name} must be at least ${minimum}: ${because}`).toEqual([]);
  },
);

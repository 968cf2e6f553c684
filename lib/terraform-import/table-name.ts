import { composeTableName } from "#lib/table-spec/naming.ts";
import { type Found, type Report, reportComputed } from "./section.ts";

/** What the platform adds by itself: its pattern of names, the projects and environments to choose from, and tags. */
export type Platform = {
  pattern: string;
  projects: readonly string[];
  environments: readonly string[];
  /** Tags of every table, and further ones by environment. */
  tags: Readonly<Record<string, string>>;
  environmentTags: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A table's key, and the project and environment that its name in the text already carries. */
export type TableKey = { key: string; project: string | null; environment: string | null };

/** The key of a table that the text calls by its full name: without what the platform would put around it again. */
export function keyOfName(name: string, platform: Platform): TableKey {
  const parts = platform.pattern.split("{key}");
  let best: TableKey = { key: name, project: null, environment: null };
  if (parts.length !== 2) return best;
  for (const project of platform.projects) {
    for (const environment of platform.environments) {
      const [before = "", after = ""] = parts.map((part) =>
        composeTableName(part, { project, environment, key: "" }),
      );
      const fits = name.startsWith(before) && name.endsWith(after);
      const key = fits ? name.slice(before.length, name.length - after.length) : "";
      if (key !== "" && key.length < best.key.length) best = { key, project, environment };
    }
  }
  return best;
}

const isKey = (key: string) => /^[^\p{Cc}]{1,255}$/u.test(key) && key.isWellFormed() && key !== "__proto__";

/** The key of a table of a block: from its literal name, else from the block's label. */
export function chooseKey(found: Found | null, label: string, platform: Platform, report: Report): TableKey {
  const fallback = { key: isKey(label) ? label : "table", project: null, environment: null };
  if (!found) return fallback;
  const { path, value } = found;
  if (value.kind === "computed") {
    reportComputed(report, path, value);
    return fallback;
  }
  const name = value.kind === "literal" ? String(value.value) : "";
  if (!isKey(name)) {
    report(path, `This is no name for a table; the block's label is taken: ${fallback.key}.`);
    return fallback;
  }
  const key = keyOfName(name, platform);
  if (key.project === null && platform.pattern !== "{key}") {
    report(
      path,
      `The table is called ${JSON.stringify(name)} here; the platform names tables ${platform.pattern}, with ${JSON.stringify(name)} as the key.`,
    );
  }
  return key;
}

/** Gives every table a key of its own: the second of a name gets `-2`, and that is said. */
export class KeyRing<T> {
  readonly tables = new Map<string, T>();
  private readonly report: Report;

  constructor(report: Report) {
    this.report = report;
  }

  add(wanted: string, path: string, table: T): void {
    let key = wanted;
    for (let count = 2; this.tables.has(key); count += 1) key = `${wanted.slice(0, 250)}-${count}`;
    if (key !== wanted) {
      this.report(
        path,
        `There is another table called ${JSON.stringify(wanted)} in the text; this one is called ${JSON.stringify(key)}.`,
      );
    }
    this.tables.set(key, table);
  }
}

import { closest } from "#lib/core/spelling.ts";
import { hclPath } from "./hcl-path.ts";
import type { Computed, MapValue, Value } from "./value.ts";

/** Something of the text that did not become part of a spec; `path` is an HCL path. */
export type ImportWarning = { path: string; message: string };

/** Most entries that are read of one place: far more than any table has, so that none takes long. */
const maxEntries = 1000;

/** Notes what does not arrive; a message that costs time to find is given as a function. */
export type Report = (path: string, message: string | (() => string)) => void;

/** A value and where it stands. */
export type Found = { path: string; value: Value };

/** Says of a value that it is computed. */
export function reportComputed(report: Report, path: string, { expression, hint }: Computed): void {
  const shown = expression.length > 200 ? `${expression.slice(0, 200)}…` : expression;
  report(
    path,
    `This is computed (${shown}), so it is left open.${hint === null ? "" : ` ${hint}`} Fill it in by hand.`,
  );
}

/** True where an option is switched off or empty: leaving it out loses nothing. */
const saysNothing = (value: Value) =>
  (value.kind === "literal" && (value.value === null || value.value === false || value.value === "")) ||
  (value.kind === "list" && value.items.length === 0) ||
  (value.kind === "map" && value.entries.size === 0 && value.computedNames.length === 0);

/** The attributes and blocks of one place, each to be taken once; `finish` reports what nobody took. */
export class Section {
  readonly path: string;
  readonly report: Report;
  private readonly content: MapValue;
  private readonly taken = new Set<string>();

  constructor(path: string, content: MapValue, report: Report) {
    this.path = path;
    this.content = content;
    this.report = report;
  }

  /** The attribute, or null where it is absent or null (which Terraform takes for absent). */
  take(name: string): Found | null {
    this.taken.add(name);
    const value = this.content.entries.get(name);
    if (value === undefined || (value.kind === "literal" && value.value === null)) return null;
    return { path: hclPath(this.path, name), value };
  }

  /** Whether it has entries whose names are not known. */
  get hasComputedNames(): boolean {
    return this.content.computedNames.length > 0;
  }

  /** Everything in it, all taken; of very many entries the first. */
  takeAll(): (Found & { name: string })[] {
    this.reportComputedNames();
    const names = [...this.content.entries.keys()];
    this.reportTooMany(this.path, names.length);
    return names.slice(0, maxEntries).flatMap((name) => {
      const found = this.take(name);
      return found ? [{ ...found, name }] : [];
    });
  }

  /**
   * The blocks of a type, or the maps of a list; one map is taken for a list of one. `complete` is false where something
   * in their place cannot be read; that is reported.
   */
  takeSections(name: string): { sections: Section[]; complete: boolean } {
    const found = this.take(name);
    if (!found) return { sections: [], complete: true };
    const { path, value } = found;
    const items = value.kind === "list" ? value.items : [value];
    this.reportTooMany(path, items.length);
    const sections = items.slice(0, maxEntries).flatMap((item, position) => {
      const itemPath = items.length > 1 ? hclPath(path, position) : path;
      if (item.kind === "map") return [new Section(itemPath, item, this.report)];
      if (item.kind === "computed") reportComputed(this.report, itemPath, item);
      else this.report(itemPath, `${name} must be a block or a map of options. Fill it in by hand.`);
      return [];
    });
    return { sections, complete: sections.length === items.length };
  }

  /** The same for a block that there may be once: the first; others are reported. */
  takeSection(name: string): { section: Section | null; complete: boolean } {
    const { sections, complete } = this.takeSections(name);
    for (const { path } of sections.slice(1)) {
      this.report(path, `There may be one ${name} only; the first one was read.`);
    }
    return { section: sections[0] ?? null, complete };
  }

  /** Reports what is left: by `unsayable` where a spec has no word for it, else as unknown among `known`. */
  finish(what: string, known: readonly string[], unsayable: Readonly<Record<string, string>> = {}): void {
    this.reportComputedNames();
    for (const [name, value] of this.content.entries) {
      if (this.taken.has(name)) continue;
      const path = hclPath(this.path, name);
      if (Object.hasOwn(unsayable, name)) {
        if (!saysNothing(value)) this.report(path, unsayable[name] ?? "");
        continue;
      }
      this.report(path, () => `${JSON.stringify(name)} is not an option of ${what}. ${advice(name, known)}`);
    }
  }

  private reportTooMany(path: string, count: number): void {
    if (count <= maxEntries) return;
    this.report(
      path,
      `There are ${count} entries; the first ${maxEntries} were read, the others are left out.`,
    );
  }

  private reportComputedNames(): void {
    for (const { expression } of this.content.computedNames) {
      this.report(
        hclPath(this.path, expression),
        "The name of this entry is computed, so it is left out with all that it holds. Add it by hand.",
      );
    }
  }
}

function advice(name: string, known: readonly string[]): string {
  const meant = (Object.hasOwn(synonyms, name) && synonyms[name]) || closest(name, known);
  return meant && known.includes(meant) ? `It is left out; did you mean ${meant}?` : "It is left out.";
}

/** Names of options elsewhere, and what they are called in a spec. */
const synonyms: Record<string, string> = {
  hash_key: "partition_key",
  range_key: "sort_key",
  attributes: "attribute_types",
  ttl_enabled: "enable_ttl",
  ttl_attribute_name: "ttl_attribute",
  stream_enabled: "enable_stream",
  point_in_time_recovery_enabled: "enable_point_in_time_recovery",
  point_in_time_recovery_period_in_days: "point_in_time_recovery_days",
  deletion_protection_enabled: "deletion_protection",
  kms_key_arn: "kms_key_id",
  server_side_encryption_kms_key_arn: "kms_key_id",
  global_secondary_index: "global_secondary_indexes",
  local_secondary_index: "local_secondary_indexes",
};

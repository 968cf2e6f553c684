import { communityDialect, isCommunitySource } from "./dialects.ts";
import type { Block, Document } from "./document.ts";
import { asTablesMap, type CommonTags, readTablesMap } from "./module-tables.ts";
import { type Found, type Report, reportComputed, Section } from "./section.ts";
import { type KeyedTable, readTableBlock } from "./table-block.ts";
import type { Naming } from "./table-name.ts";
import { isPlatformTag } from "./table-tags.ts";
import { metaArguments } from "./unsayable.ts";
import type { MapValue } from "./value.ts";

/** The names under which people keep a map of tables. */
export const tablesNames: readonly string[] = ["tables", "dynamodb_tables"];

/** Reads a call of a module: one with a map of tables, or the community's module for one table. Null: neither. */
export function readModule(
  block: Block,
  { reader }: Document,
  naming: Naming,
  report: Report,
): KeyedTable[] | null {
  const content = reader.read(block.content);
  if (content.kind !== "map") return null;
  const section = new Section(block.path, content, report);
  const source = section.take("source");
  section.take("version");
  if (source?.value.kind === "literal" && isCommunitySource(String(source.value.value))) {
    return readCommunityModule(section, block.labels[0] ?? "", naming);
  }
  const names = [...content.entries].flatMap(([name, value]) =>
    asTablesMap(value) || (tablesNames.includes(name) && value.kind !== "literal") ? [name] : [],
  );
  return names.length > 0 ? readTablesModule(section, names, report) : null;
}

function readCommunityModule(section: Section, label: string, naming: Naming): KeyedTable[] {
  const created = section.take("create_table");
  if (created?.value.kind === "literal" && String(created.value.value) === "false") {
    section.report(
      section.path,
      "create_table is false: Terraform makes no table of this module. It is left out.",
    );
    return [];
  }
  if (created?.value.kind === "computed") {
    section.report(created.path, "Whether the table is made is computed; it was read as if it were.");
  }
  return [readTableBlock(section, label, communityDialect, naming)];
}

function readTablesModule(section: Section, names: readonly string[], report: Report): KeyedTable[] {
  const maps = names.flatMap((name) => {
    const found = section.take(name);
    if (found?.value.kind === "map") return [{ path: found.path, value: found.value }];
    if (found?.value.kind === "computed") reportComputed(report, found.path, found.value);
    else if (found) report(found.path, `${name} must be a map, written ${name} = { … }. It is left out.`);
    return [];
  });
  const chosen = {
    Project: readChosen(section, "project_name", "project", report),
    Environment: readChosen(section, "environment", "environment", report),
  };
  const tags = readCommonTags(section, chosen, countTables(maps), report);
  const tables = maps.flatMap((map) => readTablesMap(map, tags, report));
  section.finish(
    "the module",
    ["source", "version", ...names, "project_name", "environment", "tags"],
    metaArguments,
  );
  return tables;
}

const countTables = (maps: readonly { value: MapValue }[]) =>
  maps.reduce((sum, { value }) => sum + value.entries.size, 0);

/** What the request asks for itself: a literal is told, for another may be chosen there. */
function readChosen(section: Section, argument: string, what: string, report: Report): string | null {
  const found = section.take(argument);
  if (found?.value.kind !== "literal") return null;
  const value = String(found.value.value);
  report(found.path, `The ${what} is chosen in the request. The text says ${JSON.stringify(value)}.`);
  return value;
}

/** The module's tags go to every table, as the module would give them. */
function readCommonTags(
  section: Section,
  expected: { Project: string | null; Environment: string | null },
  tableCount: number,
  report: Report,
): CommonTags {
  const found = section.take("tags");
  if (!found) return [];
  if (found.value.kind !== "map") {
    if (found.value.kind === "computed") reportComputed(report, found.path, found.value);
    else report(found.path, "tags must be a map of texts. They are left out.");
    return [];
  }
  const tags = new Section(found.path, found.value, report)
    .takeAll()
    .filter((tag) => isCommon(tag, expected, report));
  if (tags.length > 0) {
    const names = tags.slice(0, 10).map(({ name }) => name);
    const more = tags.length > names.length ? ", …" : "";
    report(
      found.path,
      `These tags were given to each of the module's ${tableCount} tables: ${names.join(", ")}${more}.`,
    );
  }
  return tags;
}

function isCommon(
  tag: Found & { name: string },
  expected: Readonly<Record<string, string | null>>,
  report: Report,
): boolean {
  if (isPlatformTag(tag, { ManagedBy: "Tablewright", ...expected }, report)) return false;
  if (tag.value.kind === "computed") {
    reportComputed(report, tag.path, tag.value);
    return false;
  }
  return true;
}

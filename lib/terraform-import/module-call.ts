import { communityDialect, isCommunitySource } from "./dialects.ts";
import type { Block, Document } from "./document.ts";
import { hclPath } from "./hcl-path.ts";
import { asTablesMap, type CommonTags, readTablesMap } from "./module-tables.ts";
import { type Found, type Report, reportComputed, Section } from "./section.ts";
import { isMade, type KeyedTable, readTableBlock } from "./table-block.ts";
import { TableDraft } from "./table-draft.ts";
import type { Platform } from "./table-name.ts";
import { type ExpectedTags, expectedTags, isPlatformTag } from "./table-tags.ts";
import { metaArguments } from "./unsayable.ts";
import type { MapValue } from "./value.ts";

/** The names under which people keep a map of tables. */
export const tablesNames: readonly string[] = ["tables", "dynamodb_tables"];

/** Reads a call of a module: one with a map of tables, or the community's module for one table. Null: neither. */
export function readModule(
  block: Block,
  document: Document,
  platform: Platform,
  report: Report,
): KeyedTable[] | null {
  const content = document.reader.readBlock(block.content);
  if (content.kind !== "map") return null;
  const section = new Section(block.path, content, report);
  const source = section.take("source");
  section.take("version");
  if (source?.value.kind === "literal" && isCommunitySource(String(source.value.value))) {
    return readCommunityModule(section, block.labels[0] ?? "", platform);
  }
  const names = [...content.entries].flatMap(([name, value]) =>
    asTablesMap(value) || (tablesNames.includes(name) && value.kind !== "literal") ? [name] : [],
  );
  if (names.length === 0) return null;
  return isMade(section) ? readTablesModule(section, names, document, platform, report) : [];
}

function readCommunityModule(section: Section, label: string, platform: Platform): KeyedTable[] {
  if (!isMade(section)) return [];
  const created = section.take("create_table");
  if (created?.value.kind === "literal" && String(created.value.value) === "false") {
    section.report(
      section.path,
      "create_table is false: Terraform makes no table of this module. It is left out.",
    );
    return [];
  }
  if (created && !(created.value.kind === "literal" && String(created.value.value) === "true")) {
    section.report(created.path, "Whether the table is made is computed; it was read as if it were.");
  }
  return [readTableBlock(section, label, communityDialect, platform)];
}

function readTablesModule(
  section: Section,
  names: readonly string[],
  document: Document,
  platform: Platform,
  report: Report,
): KeyedTable[] {
  const maps = names.flatMap((name) => {
    const found = section.take(name);
    return found ? findMap(found, name, document, report) : [];
  });
  const project = readChosen(section, "project_name", "project", report);
  const environment = readChosen(section, "environment", "environment", report);
  const expected = expectedTags(platform, project, environment);
  const tags = readCommonTags(section, expected, countTables(maps), report);
  const tables = maps.flatMap((map) => readTablesMap(map, tags, report));
  section.finish(
    "the module",
    ["source", "version", ...names, "project_name", "environment", "tags"],
    metaArguments,
  );
  return tables;
}

/** The map that a module is given: written there, or the default of a variable. */
function findMap(
  { path, value }: Found,
  name: string,
  { definitions, reader }: Document,
  report: Report,
): { path: string; value: MapValue }[] {
  if (value.kind === "map") return [{ path, value }];
  if (value.kind !== "computed") {
    report(path, `${name} must be a map, written ${name} = { … }. It is left out.`);
    return [];
  }
  const variable = /^var\.(.+)$/.exec(value.expression)?.[1] ?? "";
  const tables =
    definitions.defaults.has(variable) && asTablesMap(reader.read(definitions.defaults.get(variable)));
  if (!tables) {
    reportComputed(report, path, value);
    return [];
  }
  reader.used.add(`var.${variable}`);
  const defaultPath = hclPath("variable", variable, "default");
  report(defaultPath, defaultTaken(variable));
  return [{ path: defaultPath, value: tables }];
}

/** Said of tables that are the default of a variable. */
export const defaultTaken = (variable: string) =>
  `The default of var.${variable} was read; a caller of the module may set other tables.`;

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
  expected: ExpectedTags,
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
  const draft = new TableDraft(report);
  const tags = new Section(found.path, found.value, report).takeAll().filter((tag) => {
    if (isPlatformTag(tag, expected, report)) return false;
    draft.setEntry("tags", tag.name, tag);
    return Object.hasOwn((draft.get("tags") as object | undefined) ?? {}, tag.name);
  });
  if (tags.length > 0) {
    const names = tags.slice(0, 10).map(({ name }) => name);
    const more = tags.length > names.length ? ", …" : "";
    const whom =
      tableCount === 0
        ? "No table was read that could have these tags"
        : "Each table of the module got these tags";
    report(found.path, `${whom}: ${names.join(", ")}${more}.`);
  }
  return tags;
}

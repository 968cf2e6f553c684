import { maxTables } from "#lib/table-spec/schema.ts";
import { resourceDialect } from "./dialects.ts";
import { type Block, type Document, pathOf, readDocument } from "./document.ts";
import { hclPath } from "./hcl-path.ts";
import { defaultTaken, readModule, tablesNames } from "./module-call.ts";
import { asTablesMap, readTablesMap } from "./module-tables.ts";
import { type ImportWarning, type Report, Section } from "./section.ts";
import { isMade, type KeyedTable, readTableBlock } from "./table-block.ts";
import type { ImportedTable } from "./table-draft.ts";
import { KeyRing, type Platform } from "./table-name.ts";
import { besideTables } from "./unsayable.ts";
import { WarningList } from "./warning-list.ts";

/** What a text of HCL holds: tables by key, and everything of it that is not in them. */
export type TerraformImport = { tables: Record<string, ImportedTable>; warnings: ImportWarning[] };

/**
 * Makes specs of a parsed text (the parser's blocks as lists, expressions as `${…}`). Takes maps of tables in modules,
 * tfvars, locals and defaults of variables, resources `aws_dynamodb_table`, and calls of the community's module.
 * Reading ends a little after as many tables as a request may hold. `repeated`: names given twice, which the parser has dropped. Every literal of a table is in it or in a warning.
 */
export function importFromTerraform(
  parsed: unknown,
  repeated: readonly (readonly (string | number)[])[],
  platform: Platform,
): TerraformImport {
  const warnings = new WarningList();
  const report: Report = (path, message) => warnings.add(path, message);
  for (const segments of repeated) {
    report(pathOf(segments), "Given more than once in the same place; only one of them was read.");
  }
  const document = readDocument(parsed, report);
  const ring = new KeyRing<ImportedTable>(report);
  const found: KeyedTable[] = [];
  for (const block of document.blocks) {
    if (found.length <= maxTables) found.push(...readBlock(block, document, platform, report));
  }
  found.push(
    ...readAssignments(document, report),
    ...readDefaults(document, report),
    ...readLocals(document, report),
  );
  for (const { key, path, table } of found) ring.add(key, path, table);
  return { tables: Object.fromEntries(ring.tables), warnings: warnings.list() };
}

const leftOut = "This is not a DynamoDB table; it is left out.";

function readBlock(block: Block, document: Document, platform: Platform, report: Report): KeyedTable[] {
  const { type, labels, path } = block;
  if (type === "locals" || type === "variable") return [];
  if (type === "resource" && labels[0] === "aws_dynamodb_table") {
    const content = document.reader.readBlock(block.content);
    if (content.kind === "map") {
      const section = new Section(path, content, report);
      return isMade(section) ? [readTableBlock(section, labels[1] ?? "", resourceDialect, platform)] : [];
    }
  }
  const tables = type === "module" ? readModule(block, document, platform, report) : null;
  if (tables) return tables;
  report(path, type === "resource" ? aboutResource(block) : type === "module" ? aboutModule(block) : leftOut);
  return [];
}

function aboutResource({ labels, content }: Block): string {
  const type = labels[0] ?? "";
  const ofDynamoDb = !type.startsWith("aws_appautoscaling_") || /dynamodb/i.test(JSON.stringify(content));
  return Object.hasOwn(besideTables, type) && ofDynamoDb ? (besideTables[type] ?? leftOut) : leftOut;
}

function aboutModule({ content }: Block): string {
  const source = typeof content === "object" && content !== null && "source" in content ? content.source : "";
  if (!/dynamo/i.test(String(source))) return leftOut;
  return "Calls of this module cannot be read: only those with a map of tables, and of terraform-aws-modules/dynamodb-table.";
}

/** The assignments of a tfvars file. */
function readAssignments({ definitions, reader }: Document, report: Report): KeyedTable[] {
  return [...definitions.assigned].flatMap(([name, json]) => {
    if (reader.used.has(`var.${name}`)) return [];
    const path = hclPath("", name);
    const value = reader.read(json);
    const tables = asTablesMap(value) ?? (tablesNames.includes(name) && value.kind === "map" ? value : null);
    if (tables) return readTablesMap({ path, value: tables }, [], report);
    report(path, leftOut);
    return [];
  });
}

/** Tables that are the default of a variable stand in the text as literals, so they are taken and that is said. */
function readDefaults({ definitions, reader }: Document, report: Report): KeyedTable[] {
  const others: string[] = [];
  const tables = [...definitions.defaults].flatMap(([name, json]) => {
    if (reader.used.has(`var.${name}`) && !definitions.assigned.has(name)) return [];
    const value = asTablesMap(reader.read(json));
    if (!value) {
      others.push(name);
      return [];
    }
    const path = hclPath("variable", name, "default");
    if (definitions.assigned.has(name)) {
      report(path, `This default does not count, for the text assigns ${name} a value.`);
      return [];
    }
    report(path, defaultTaken(name));
    return readTablesMap({ path, value }, [], report);
  });
  reportOthers(
    "variable",
    others.filter((name) => !reader.told.has(name)),
    report,
  );
  return tables;
}

/** Maps of tables among the locals, unless a module's call has taken them. */
function readLocals({ definitions, reader }: Document, report: Report): KeyedTable[] {
  const unused = [...definitions.locals].filter(([name]) => !reader.used.has(`local.${name}`));
  const others: string[] = [];
  const tables = unused.flatMap(([name, json]) => {
    if (reader.used.has(`local.${name}`)) return [];
    const value = asTablesMap(reader.read(json));
    if (value) return readTablesMap({ path: hclPath("local", name), value }, [], report);
    others.push(name);
    return [];
  });
  reportOthers(
    "local",
    others.filter((name) => !reader.used.has(`local.${name}`)),
    report,
  );
  return tables;
}

function reportOthers(base: string, names: readonly string[], report: Report): void {
  if (names.length === 0) return;
  const shown = names.slice(0, 20).join(", ");
  const path = names.length === 1 ? hclPath(base, names[0] ?? "") : base;
  report(path, `No table was read from here; left out: ${shown}${names.length > 20 ? ", …" : ""}.`);
}

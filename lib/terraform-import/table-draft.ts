import type { z } from "zod";
import { globalSecondaryIndexSchema, localSecondaryIndexSchema } from "#lib/table-spec/index-schema.ts";
import { type TableSpec, type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { tableSpecFields } from "#lib/table-spec/spec-fields.ts";
import { type Found, type Report, reportComputed } from "./section.ts";
import type { Value } from "./value.ts";

/** A table of the text: a complete spec, or what is known of one, its open fields left out. */
export type ImportedTable = TableSpec | Partial<TableSpecInput>;

export type SpecField = keyof TableSpecInput;
export type IndexField = "global_secondary_indexes" | "local_secondary_indexes";

const indexSchemas = {
  global_secondary_indexes: globalSecondaryIndexSchema,
  local_secondary_indexes: localSecondaryIndexSchema,
};

/** The fields of a spec, in its order. */
export const specFields = Object.keys(tableSpecFields.shape) as SpecField[];

/** Every field but the partition key as it is when nothing is said. */
const { partition_key: _, ...defaults } = tableSpecSchema.parse({ partition_key: "id" });

/** One table while it is read: each field is taken, or reported and left open. */
export class TableDraft {
  private readonly fields = new Map<string, unknown>();
  private readonly open = new Set<string>();
  private readonly report: Report;

  constructor(report: Report) {
    this.report = report;
  }

  /** Takes a field; absent means its default. What is computed or refused by the field's own schema is reported. */
  set(field: SpecField, found: Found | null): void {
    if (!found) return;
    const taken = takeValue(tableSpecFields.shape[field], found, this.report);
    if (taken) this.fields.set(field, taken.value);
    else this.leaveOpen(field);
  }

  /** Sets a field to what follows from other words of the text. */
  put<F extends SpecField>(field: F, value: TableSpecInput[F]): void {
    this.fields.set(field, value);
  }

  /** The field has a value that is not known. */
  leaveOpen(field: SpecField): void {
    this.open.add(field);
    this.fields.delete(field);
  }

  /** Something within the field is not known; the rest of it stays. */
  markOpen(field: SpecField): void {
    this.open.add(field);
  }

  isOpen(field: SpecField): boolean {
    return this.open.has(field);
  }

  get(field: SpecField): unknown {
    return this.fields.get(field);
  }

  /**
   * One entry of a map of the spec; the map itself is there as soon as one entry is. `owner` is the path of the block
   * that names the entry, where its own path does not: what is wrong is then reported there, with the name.
   */
  setEntry(field: "attribute_types" | "tags", name: string, found: Found, owner?: string): void {
    const schema = tableSpecFields.shape[field] as z.ZodType;
    const report: Report =
      owner === undefined
        ? this.report
        : (_, message) => this.report(owner, `Of ${JSON.stringify(name)}: ${message}`);
    const taken = takeValue(schema, found, report, (value) => ({ [name]: value }));
    if (taken) this.merge(field, taken.value as Record<string, unknown>);
    else this.open.add(field);
  }

  /** One index, with the options that the text gives it; `path` is the index's. */
  setIndex(field: IndexField, name: string, path: string, options: ReadonlyMap<string, Found | null>): void {
    const nameFault = this.indexNameFault(field, name);
    if (nameFault !== null) {
      this.report(path, nameFault);
      this.open.add(field);
      return;
    }
    const shape = indexSchemas[field].shape as Record<string, z.ZodType>;
    const index: [string, unknown][] = [];
    for (const [option, found] of options) {
      const schema = shape[option];
      if (!schema) continue;
      const taken = found ? takeValue(schema, found, this.report) : defaultOf(schema);
      if (taken) index.push([option, taken.value]);
      else this.open.add(field);
    }
    this.merge(field, { [name]: Object.fromEntries(index) });
  }

  private indexNameFault(field: IndexField, name: string): string | null {
    if (Object.hasOwn((this.fields.get(field) as object | undefined) ?? {}, name)) {
      return `There is another index called ${JSON.stringify(name)}. This one is left out.`;
    }
    const keys = field === "global_secondary_indexes" ? { partition_key: "a" } : { sort_key: "a" };
    const parsed = tableSpecFields.shape[field].safeParse({ [name]: keys });
    return parsed.success ? null : messageOf(parsed.error);
  }

  private merge(field: string, entries: Record<string, unknown>): void {
    const all = (this.fields.get(field) as object | undefined) ?? {};
    this.fields.set(field, Object.assign(all, entries));
  }

  /**
   * The complete spec where all is known and sound; else what is known, and the defaults of what is not mentioned.
   * What is known but does not go together is reported, at the place that `pathOf` gives for a path in the spec.
   */
  finish(pathOf: (segments: readonly string[]) => string): ImportedTable {
    const known = Object.fromEntries(this.fields);
    const parsed = this.open.size === 0 ? tableSpecSchema.safeParse(known) : null;
    if (parsed?.success) return parsed.data;
    for (const { path, message } of parsed?.error.issues ?? [])
      this.report(pathOf(path.map(String)), message);
    const ownKey = this.fields.has("kms_key_id") || this.open.has("kms_key_id");
    const withoutDefault = new Set([...this.open, ...(ownKey ? ["encryption"] : [])]);
    const fields = specFields.flatMap((field) => {
      if (this.fields.has(field)) return [[field, this.fields.get(field)]];
      return withoutDefault.has(field) || !(field in defaults) ? [] : [[field, Reflect.get(defaults, field)]];
    });
    return Object.fromEntries(fields);
  }
}

function defaultOf(schema: z.ZodType): { value: unknown } | null {
  const parsed = schema.safeParse(undefined);
  return parsed.success ? { value: parsed.data } : null;
}

/** The value as a schema takes it, converted as Terraform would; or null, and it is reported. */
function takeValue(
  schema: z.ZodType,
  { path, value }: Found,
  report: Report,
  wrap: (json: unknown) => unknown = (json) => json,
): { value: unknown } | null {
  const inner = firstComputed(value);
  if (inner) {
    reportComputed(report, path, inner);
    return null;
  }
  const json = toJson(value);
  const results = candidates(json).map((candidate) => schema.safeParse(wrap(candidate)));
  const taken = results.find((result) => result.success);
  if (taken) return { value: taken.data };
  report(path, `${messageOf(results[0]?.error)} It is left open.`);
  return null;
}

const messageOf = (error: z.ZodError | undefined) => {
  const messages = (error?.issues ?? []).flatMap((issue) =>
    issue.code === "invalid_key" ? issue.issues.map(({ message }) => message) : [issue.message],
  );
  return [...new Set(messages)].slice(0, 3).join(" ");
};

function firstComputed(value: Value): (Value & { kind: "computed" }) | null {
  if (value.kind === "computed") return value;
  if (value.kind === "literal") return null;
  if (value.kind === "map" && value.computedNames[0]) {
    return { kind: "computed", expression: value.computedNames[0].expression, hint: null };
  }
  const parts = value.kind === "list" ? value.items : [...value.entries.values()];
  return parts.map(firstComputed).find((part) => part !== null) ?? null;
}

/** A value without computed parts, as JSON. */
export function toJson(value: Value): unknown {
  if (value.kind === "literal") return value.value;
  if (value.kind === "list") return value.items.map(toJson);
  if (value.kind === "map") {
    return Object.fromEntries([...value.entries].map(([name, entry]) => [name, toJson(entry)]));
  }
  return undefined;
}

/**
 * What Terraform would make of a primitive where another type is wanted.
 * https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
function candidates(json: unknown): unknown[] {
  if (json === "true" || json === "false") return [json, json === "true"];
  if (typeof json === "string" && /^-?\d{1,15}$/.test(json)) return [json, Number(json)];
  if (typeof json === "number" || typeof json === "boolean") return [json, String(json)];
  return [json];
}

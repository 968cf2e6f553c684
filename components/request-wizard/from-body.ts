import type { DraftContent } from "#lib/requests/draft-schema.ts";
import {
  emptyGlobalIndex,
  emptyIndex,
  emptySpec,
  type FormValues,
  type GlobalIndexForm,
  type IndexForm,
  type SpecForm,
  type TableForm,
  type TagForm,
  tableForm,
} from "./form-values.ts";

type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The form of a stored spec, of what a tfvars map holds, or of a form that was saved half-typed. Never throws:
 * what it cannot read becomes the default.
 */
export function toSpecForm(loose: Loose): SpecForm {
  const types = isObject(loose.attribute_types) ? loose.attribute_types : {};
  const form = overlaid(emptySpec, loose);
  return {
    ...withKeyTypes(form, loose, types),
    encryption: loose.encryption ? form.encryption : loose.kms_key_id ? "customer_managed" : "aws_managed",
    global_secondary_indexes: named(loose.global_secondary_indexes).map((index) =>
      toIndexForm<GlobalIndexForm>(emptyGlobalIndex, index, types),
    ),
    local_secondary_indexes: named(loose.local_secondary_indexes).map((index) =>
      toIndexForm<IndexForm>(emptyIndex, index, types),
    ),
    tags: toTagForms(loose.tags),
  };
}

/** The fields of `empty` with what `loose` says of them; a number becomes text where the form holds text. */
function overlaid<T extends Loose>(empty: T, loose: Loose): T {
  const fields = Object.entries(empty).map(([field, fallback]) => {
    const value = Object.hasOwn(loose, field) ? loose[field] : null;
    if (typeof fallback === "string" && typeof value === "number") return [field, String(value)];
    return [field, typeof value === typeof fallback && !isObject(value) ? value : fallback];
  });
  return Object.fromEntries(fields) as T;
}

/** A saved form carries its types beside the keys; a spec keeps them in `attribute_types`. */
function withKeyTypes<T extends Loose>(form: T, loose: Loose, types: Loose): T {
  const result: Loose = { ...form };
  for (const key of ["partition_key", "sort_key"]) {
    const field = `${key}_type`;
    const name = String(form[key] ?? "");
    if (field in form && !(field in loose) && Object.hasOwn(types, name)) result[field] = types[name];
  }
  return result as T;
}

function toIndexForm<T extends IndexForm>(empty: T, loose: Loose, types: Loose): T {
  const attributes = loose.non_key_attributes;
  const flat = Array.isArray(attributes) ? { ...loose, non_key_attributes: attributes.join("\n") } : loose;
  return withKeyTypes(overlaid(empty, flat), loose, types);
}

/** Entries of a map (spec) or of a list (form), each with its name. */
function named(value: unknown): Loose[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, entry]) => (isObject(entry) ? [{ ...entry, name }] : []));
}

function toTagForms(value: unknown): TagForm[] {
  if (Array.isArray(value)) return value.filter(isObject).map((tag) => overlaid({ key: "", value: "" }, tag));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, text]) => ({ key, value: String(text ?? "") }));
}

/** Tables of a stored request as the form holds them; `usage` by key, where something was expected of them. */
export const toTableForms = (
  tables: readonly { key: string; spec: Loose }[],
  usage: Record<string, Loose> | null = null,
): TableForm[] =>
  tables.map(({ key, spec }) => {
    const expected = usage && Object.hasOwn(usage, key) ? usage[key] : {};
    return tableForm(key, toSpecForm({ ...spec, ...expected }));
  });

/** What a draft kept, as the form holds it; a draft without tables gives one empty table. */
export function fromDraft(content: DraftContent): FormValues {
  const { project, environment, justification, tables } = content;
  return {
    project,
    environment,
    justification,
    tables: tables.length > 0 ? toTableForms(tables) : [tableForm("")],
  };
}

/** What a draft keeps: the form as typed. Its notes stay as they are stored, until they are dismissed. */
export function toDraft(form: FormValues, step: string, notesDismissed = false): DraftContent {
  const { project, environment, justification, tables } = form;
  return {
    project,
    environment,
    justification,
    step,
    tables: tables.map(({ key, spec }) => ({ key, spec })),
    ...(notesDismissed && { notes: [] }),
  };
}

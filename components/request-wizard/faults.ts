import type { FieldError } from "#lib/core/errors.ts";
import { pointerSegments } from "#lib/table-spec/json-pointer.ts";
import type { FormValues, SpecForm, TableForm } from "./form-values.ts";
import { keyFieldsOf } from "./key-types.ts";
import { stepOf } from "./steps.ts";

/**
 * Something wrong with one field. `uid` names the table it belongs to, null for the request's own fields; `path` is
 * "project", "key", or a path from the table's spec down, in the form's terms ("tags.0.key").
 */
export type Fault = { uid: string | null; path: string; message: string; id?: string };

/** The fault's field as react-hook-form calls it; null when its table is gone. */
export function fieldName(fault: Pick<Fault, "uid" | "path">, tables: readonly TableForm[]): string | null {
  if (fault.uid === null) return fault.path;
  const at = tables.findIndex((table) => table.uid === fault.uid);
  if (at < 0) return null;
  return fault.path === "key" ? `tables.${at}.key` : `tables.${at}.spec.${fault.path}`;
}

/** What tells two fields apart however the tables are moved about. */
export const faultKey = (fault: Pick<Fault, "uid" | "path">): string => `${fault.uid ?? ""}:${fault.path}`;

/** The id of a field's control in the page. */
export const controlId = (name: string): string => name.replaceAll(".", "-");

export const faultStep = (fault: Pick<Fault, "path">) => stepOf(fault.path);

/** Where in the form a fault of a spec stands; `segments` lead from the spec down. */
export function specPath(segments: readonly PropertyKey[], spec: SpecForm, id?: string): string {
  const [field, name, ...rest] = segments.map(String);
  if (field === undefined) return "key";
  if (name === undefined) return field;
  switch (field) {
    case "attribute_types":
      return keyFieldsOf(spec).find((key) => key.name === name)?.typeField ?? "partition_key_type";
    case "tags": {
      const place = spec.tags.findIndex((tag) => tag.key === name);
      return place < 0 ? field : `tags.${place}.${id === "tag-value" ? "value" : "key"}`;
    }
    case "global_secondary_indexes":
    case "local_secondary_indexes": {
      const place = spec[field].findIndex((index) => index.name === name);
      return place < 0 ? field : `${field}.${place}.${rest[0] ?? "name"}`;
    }
    default:
      return field;
  }
}

/** Errors that point into the body that was sent, as faults of the form it came from. */
export function pointedFaults(errors: readonly FieldError[], form: FormValues): Fault[] {
  return errors.map(({ path, message, id }) => {
    const [first, key, ...segments] = segmentsOf(path);
    const fault = { message, ...(id !== undefined && { id }) };
    if (first !== "tables") return { ...fault, uid: null, path: first ?? "project" };
    const table = form.tables.find((one) => one.key === key) ?? form.tables[0];
    if (!table) return { ...fault, uid: null, path: "project" };
    return { ...fault, uid: table.uid, path: specPath(segments, table.spec, id) };
  });
}

function segmentsOf(path: string): string[] {
  try {
    // The server action's input holds the body one level down.
    return pointerSegments(path.replace(/^\/body(?=\/)/, ""));
  } catch {
    return [];
  }
}

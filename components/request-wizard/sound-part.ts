import type { Fault } from "./faults.ts";
import type { FormValues } from "./form-values.ts";

/**
 * What the server can look at of an unfinished form: its tables without a fault. Null while it is not said where they
 * go, or while there is none.
 */
export function soundPart(form: FormValues, faults: readonly Fault[]): FormValues | null {
  const placed = !faults.some(({ uid, path }) => uid === null && path !== "justification");
  const faulty = new Set(faults.map(({ uid }) => uid));
  const tables = form.tables.filter(({ uid }) => !faulty.has(uid));
  return placed && tables.length > 0 ? { ...form, tables } : null;
}

import type { TableSpecFields } from "./spec-fields.ts";

/** One breach of a rule; `path` holds the segments from the spec down to the value at fault. */
export type RuleFault = { path: string[]; message: string };

/** A rule between fields: `check` is only called when every field it `reads` is sound for itself. */
export type SpecRule = {
  id: string;
  reads: readonly (keyof TableSpecFields)[];
  check: (spec: TableSpecFields) => RuleFault[];
};

/** A rule whose check can only see the fields it declares. */
export function rule<K extends keyof TableSpecFields>(
  id: string,
  reads: readonly K[],
  check: (spec: Pick<TableSpecFields, K>) => RuleFault[],
): SpecRule {
  return { id, reads, check };
}

/** No fault, or the one described. */
export const faultIf = (broken: boolean, path: string[], message: string): RuleFault[] =>
  broken ? [{ path, message }] : [];

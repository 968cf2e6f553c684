import type { Settings } from "./options.ts";
import type { Tables } from "./tables.ts";

/** What every operation works on. */
export type World = {
  settings: Settings;
  tables: Tables;
  /** Counts the reads of one lagging thing, up to `most`; returns the count before this read. Not kept over restarts. */
  countRead(key: string, most: number): number;
};

export function createWorld(settings: Settings, tables: Tables): World {
  const reads = new Map<string, number>();
  return {
    settings,
    tables,
    countRead(key, most) {
      const before = reads.get(key) ?? 0;
      if (before < most) reads.set(key, before + 1);
      return before;
    },
  };
}

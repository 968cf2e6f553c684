import type { Usage } from "#lib/table-spec/cost.ts";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** "20 reads and 15 writes a second, 1,000,000 items of 1 KB": what somebody expects of a table. */
export function usageWords({ reads_per_second, writes_per_second, item_kb, items }: Usage): string {
  const reads = counted(reads_per_second, "read");
  const writes = counted(writes_per_second, "write");
  return `${reads} and ${writes} a second, ${counted(items, "item")} of ${plain.format(item_kb)} KB`;
}

const counted = (count: number, noun: string) => `${plain.format(count)} ${noun}${count === 1 ? "" : "s"}`;

import type { CostLine } from "#lib/table-spec/cost.ts";

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** "39.42 million WRU", "28.1 GB-months": how much of what a line is for. */
export function quantityWords({ quantity, unit }: Pick<CostLine, "quantity" | "unit">): string {
  return quantity >= 1e6
    ? `${plain.format(quantity / 1e6)} million ${unit}`
    : `${plain.format(quantity)} ${unit}`;
}

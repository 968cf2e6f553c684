import { AppError } from "#lib/core/errors.ts";
import { getConfig } from "#lib/infra/config.ts";
import { type Cost, estimateCost, totalCost, type Usage } from "#lib/table-spec/cost.ts";
import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import type { RegionPrices } from "#lib/table-spec/prices.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { unknownUsage } from "#lib/table-spec/usage.ts";

/** The price list of a Region; null where there is none. */
export function pricesOf(region: string): RegionPrices | null {
  return getConfig().prices[region] ?? null;
}

type Asked = {
  target: { region: string };
  tables: readonly { key: string; spec: TableSpec }[];
};

/** What each table of a request is expected to cost a month, by key; null where nobody can say. */
export function costsOf(
  { target, tables }: Asked,
  usage: Record<string, Usage> | null | undefined,
): Map<string, Cost | null> {
  const prices = pricesOf(target.region);
  return new Map(
    tables.map(({ key, spec }) => {
      const expected = usage && Object.hasOwn(usage, key) ? usage[key] : undefined;
      return [key, estimateCost(spec, expected, prices)];
    }),
  );
}

/** More than a column of whole cents holds is kept as its most: it is too much in any case. */
const mostCents = 2 ** 31 - 1;

/** What all of them are expected to cost a month, for lists. */
export type MonthlyCost = {
  /** US cents; null where nobody can say of any. */
  monthlyCents: number | null;
  /** It may cost more: some have no estimate, or it is more than the column holds. */
  monthlyMore: boolean;
};

export const noMonthlyCost: MonthlyCost = { monthlyCents: null, monthlyMore: false };

/** The sum of the tables that have an estimate. */
export function monthlyCost(asked: Asked, usage: Record<string, Usage> | null | undefined): MonthlyCost {
  const total = totalCost([...costsOf(asked, usage).values()]);
  if (!total) return noMonthlyCost;
  const cents = Math.round(total.monthly_usd * 100);
  return { monthlyCents: Math.min(cents, mostCents), monthlyMore: !total.complete || cents > mostCents };
}

type Decided = {
  kind: string;
  region: string | null;
  usage: unknown;
  tables: readonly { key: string; spec: unknown }[];
};

/**
 * What an approver was told the tables would cost, for the audit of the decision: by their own assumption where they made one,
 * else by the requester's. No estimate where there is none. Throws INVALID for figures of a table that is not asked for.
 */
export function decisionCost(
  { kind, region, usage, tables }: Decided,
  own: Record<string, Usage> | undefined,
) {
  refuseUnknownUsage(
    tables.map(({ key }) => key),
    own,
  );
  if (kind !== "create") return {};
  const specs = tables.map(({ key, spec }) => ({ key, spec: spec as TableSpec }));
  const assumed = { ...(usage as Record<string, Usage> | null), ...own };
  const total = region && totalCost([...costsOf({ target: { region }, tables: specs }, assumed).values()]);
  return {
    ...(region && total && { monthly_usd: total.monthly_usd, prices_of: pricesOf(region)!.asOf }),
    ...(own && { usage: own }),
  };
}

/** Throws INVALID where `usage` has figures for a table that is none of `keys`. */
export function refuseUnknownUsage(keys: readonly string[], usage: object | undefined): void {
  const unknown = unknownUsage(keys, usage);
  if (unknown.length === 0) return;
  const errors = unknown.map(({ key, message }) => ({ path: jsonPointer(["usage", key]), message }));
  throw new AppError("INVALID", errors[0]!.message, { errors });
}

import * as z from "zod";
import { usageLimits } from "./cost.ts";

/** What is expected of one table, for the cost estimate alone. */
export const usageSchema = z.strictObject({
  reads_per_second: z.number().min(0).max(usageLimits.reads_per_second),
  writes_per_second: z.number().min(0).max(usageLimits.writes_per_second),
  item_kb: z.number().min(0).max(usageLimits.item_kb),
  items: z.number().min(0).max(usageLimits.items),
});

/** What is expected of a request's tables, by key. */
export const usagesSchema = z.record(z.string(), usageSchema);

/** The keys of `usage` that are none of a request's tables, each with what to say of it. */
export function unknownUsage(
  keys: readonly string[],
  usage: object | undefined,
): { key: string; message: string }[] {
  const known = new Set(keys);
  return Object.keys(usage ?? {})
    .filter((key) => !known.has(key))
    .map((key) => ({
      key,
      message: `There is no table ${JSON.stringify(key.slice(0, 60))} in this request. Check the key, or remove it.`,
    }));
}

/** An estimate as it is answered. */
export const costSchema = z.object({
  monthly_usd: z.number(),
  as_of: z.string().describe("The date of the price list."),
  lines: z.array(
    z.object({
      what: z.string(),
      quantity: z.number(),
      unit: z.string(),
      unit_usd: z.string(),
      monthly_usd: z.number(),
    }),
  ),
  notes: z.array(z.string()).describe("Where AWS would throttle the use that the estimate assumes."),
});

import * as z from "zod";
import type { ClassPrices, RegionPrices } from "./prices.ts";

/** Where AWS publishes it, for anybody, in JSON: every Region in one file, or one Region in a file of its own. */
export const priceListUrl =
  "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonDynamoDB/current/index.json";

/** The file is not what AWS publishes; the message says why. */
export class PriceListError extends Error {
  override readonly name = "PriceListError";
}

const product = z.object({
  attributes: z.object({ usagetype: z.string().optional(), regionCode: z.string().optional() }),
});
const term = z.object({
  priceDimensions: z.record(
    z.string(),
    z.object({ endRange: z.string().optional(), pricePerUnit: z.record(z.string(), z.string()) }),
  ),
});
const priceList = z.object({
  offerCode: z.literal("AmazonDynamoDB"),
  publicationDate: z.iso.datetime(),
  products: z.record(z.string(), product),
  terms: z.object({ OnDemand: z.record(z.string(), z.record(z.string(), term)) }),
});
type PriceList = z.output<typeof priceList>;

/** Each price of a class by AWS's name of what is used; Standard-Infrequent Access has `IA-` before it. */
const classUsageTypes = {
  writeRequestUnit: "WriteRequestUnits",
  readRequestUnit: "ReadRequestUnits",
  writeCapacityUnitHour: "WriteCapacityUnit-Hrs",
  readCapacityUnitHour: "ReadCapacityUnit-Hrs",
  storageGbMonth: "TimedStorage-ByteHrs",
} as const satisfies Record<keyof ClassPrices, string>;

/**
 * The prices of each Region in AWS's price list of DynamoDB, by the Region's code. A Region that lacks one of the prices
 * an estimate needs is left out. Of a price in tiers it is the last: no estimate deducts the free tier.
 * Throws PriceListError: not JSON, not that list, no Region with all prices in US dollars, two prices for one thing.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-understanding-billing.html
 */
export function readPriceList(text: string): Record<string, RegionPrices> {
  const list = parsed(text);
  const regions = Object.entries(pricesByUsageType(list)).flatMap(([region, prices]) => {
    const read = regionPrices(list.publicationDate.slice(0, 10), prices);
    return read ? [[region, read] as const] : [];
  });
  if (regions.length === 0) throw new PriceListError("no Region in it has all prices in US dollars");
  return Object.assign(Object.create(null), Object.fromEntries(regions));
}

function parsed(text: string): PriceList {
  let json: unknown;
  try {
    // A download on Windows may begin with a byte-order mark.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new PriceListError("it is not JSON");
  }
  const list = priceList.safeParse(json);
  if (list.success) return list.data;
  const { path, message } = list.error.issues[0]!;
  const place = path.length > 0 ? `${path.join(".")}: ` : "";
  throw new PriceListError(`it is not AWS's price list of DynamoDB (${place}${message})`);
}

type Prices = Record<string, string>;

/** By Region, and by what is used without the Region's mark before it: "EUC1-ReadRequestUnits" is "ReadRequestUnits". */
function pricesByUsageType({ products, terms }: PriceList): Record<string, Prices> {
  const regions: Record<string, Prices> = Object.create(null);
  for (const [sku, { attributes }] of Object.entries(products)) {
    const { usagetype, regionCode } = attributes;
    if (!usagetype || !regionCode) continue;
    const used = usagetype.replace(/^(?!IA-)[A-Z]+\d*-/, "");
    if (!wanted.has(used)) continue;
    regions[regionCode] ??= {};
    const prices = regions[regionCode];
    for (const price of lastTiers(terms.OnDemand[sku])) {
      if (prices[used] !== undefined && prices[used] !== price)
        throw new PriceListError(
          `${usagetype} has two prices in ${regionCode}: ${prices[used]} and ${price}`,
        );
      prices[used] = price;
    }
  }
  return regions;
}

function lastTiers(terms: PriceList["terms"]["OnDemand"][string] = {}): string[] {
  return Object.values(terms).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions).flatMap(({ endRange, pricePerUnit }) => {
      const dollars = pricePerUnit.USD;
      const last = endRange === undefined || endRange === "Inf";
      return last && dollars !== undefined && /^\d{1,6}(\.\d{1,12})?$/.test(dollars) ? [short(dollars)] : [];
    }),
  );
}

/** "0.0000006250" is "0.000000625". */
const short = (decimal: string) => (decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal);

const recovery = "TimedPITRStorage-ByteHrs";
const streamReads = "Streams-Requests";
const ofClasses = Object.values(classUsageTypes);
const wanted = new Set([...ofClasses, ...ofClasses.map((used) => `IA-${used}`), recovery, streamReads]);

function regionPrices(asOf: string, prices: Prices): RegionPrices | null {
  for (const used of wanted) if (prices[used] === undefined) return null;
  const ofClass = (mark: string) =>
    Object.fromEntries(
      Object.entries(classUsageTypes).map(([field, used]) => [field, prices[mark + used]]),
    ) as ClassPrices;
  return {
    asOf,
    sources: [priceListUrl],
    STANDARD: ofClass(""),
    STANDARD_INFREQUENT_ACCESS: ofClass("IA-"),
    pointInTimeRecoveryGbMonth: prices[recovery]!,
    streamReadRequest: prices[streamReads]!,
  };
}

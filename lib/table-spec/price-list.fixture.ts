const usageTypes = [
  "WriteRequestUnits",
  "ReadRequestUnits",
  "WriteCapacityUnit-Hrs",
  "ReadCapacityUnit-Hrs",
  "TimedStorage-ByteHrs",
  "IA-WriteRequestUnits",
  "IA-ReadRequestUnits",
  "IA-WriteCapacityUnit-Hrs",
  "IA-ReadCapacityUnit-Hrs",
  "IA-TimedStorage-ByteHrs",
  "TimedPITRStorage-ByteHrs",
  "Streams-Requests",
] as const;
type UsageType = (typeof usageTypes)[number];

/** Dollars of each thing, as AWS writes them. Not of any real Region: each can be told from the others. */
export const listed: Record<UsageType, string> = {
  WriteRequestUnits: "0.0000007000",
  ReadRequestUnits: "0.0000001400",
  "WriteCapacityUnit-Hrs": "0.0007300000",
  "ReadCapacityUnit-Hrs": "0.0001460000",
  "TimedStorage-ByteHrs": "0.2830000000",
  "IA-WriteRequestUnits": "0.0000008800",
  "IA-ReadRequestUnits": "0.0000001750",
  "IA-WriteCapacityUnit-Hrs": "0.0009100000",
  "IA-ReadCapacityUnit-Hrs": "0.0001800000",
  "IA-TimedStorage-ByteHrs": "0.1130000000",
  "TimedPITRStorage-ByteHrs": "0.2260000000",
  "Streams-Requests": "0.0000002260",
};

type Region = { code: string; mark: string; prices: Partial<Record<string, string>>; currency?: string };

/** A price list as AWS publishes it, with the free tiers, and with what no estimate asks for. */
export function priceListOf(regions: readonly Region[]) {
  const products: Record<string, object> = {};
  const onDemand: Record<string, object> = {};
  for (const { code, mark, prices, currency = "USD" } of regions) {
    const beside = { ReplWriteRequestUnits: "0.0000007000", "TimedBackupStorage-ByteHrs": "0.1130000000" };
    for (const [used, price] of Object.entries({ ...prices, ...beside })) {
      const sku = `${code}-${used}`.toUpperCase();
      products[sku] = {
        sku,
        productFamily: "Provisioned IOPS",
        attributes: { servicecode: "AmazonDynamoDB", usagetype: `${mark}${used}`, regionCode: code },
      };
      const tier = (beginRange: string, endRange: string, amount: string | undefined) => ({
        beginRange,
        endRange,
        pricePerUnit: { [currency]: amount },
      });
      const free = used.startsWith("IA-") ? {} : { [`${sku}.T.FREE`]: tier("0", "18600", "0.0000000000") };
      onDemand[sku] = {
        [`${sku}.T`]: { sku, priceDimensions: { ...free, [`${sku}.T.PAID`]: tier("18600", "Inf", price) } },
      };
    }
  }
  return {
    formatVersion: "v1.0",
    offerCode: "AmazonDynamoDB",
    publicationDate: "2026-08-31T09:23:18Z",
    products,
    terms: { OnDemand: onDemand, Reserved: {} },
  };
}

/** US dollars of one unit in one Region, as decimal text so that nothing is rounded before it is used. */
export type ClassPrices = {
  /** One write request unit, one read request unit. */
  writeRequestUnit: string;
  readRequestUnit: string;
  /** One unit of provisioned capacity for an hour. */
  writeCapacityUnitHour: string;
  readCapacityUnitHour: string;
  /** A month of 10^9 bytes. */
  storageGbMonth: string;
};

export type RegionPrices = {
  /** When the prices were last compared with AWS's list, and where. */
  asOf: string;
  sources: string[];
  STANDARD: ClassPrices;
  STANDARD_INFREQUENT_ACCESS: ClassPrices;
  /** A month of 10^9 bytes of table and local indexes, however long the window. */
  pointInTimeRecoveryGbMonth: string;
  /** One GetRecords call on a stream that is not Lambda's. */
  streamReadRequest: string;
};

/** us-east-1 and us-east-2 have the same prices. */
const unitedStatesEast: RegionPrices = {
  // The oldest of the comparisons; requests and storage of Standard were the same on 2026-08-20.
  asOf: "2024-11-15",
  sources: [
    "https://aws.amazon.com/dynamodb/pricing/on-demand/",
    "https://aws.amazon.com/dynamodb/pricing/provisioned/",
  ],
  STANDARD: {
    writeRequestUnit: "0.000000625",
    readRequestUnit: "0.000000125",
    writeCapacityUnitHour: "0.00065",
    readCapacityUnitHour: "0.00013",
    storageGbMonth: "0.25",
  },
  STANDARD_INFREQUENT_ACCESS: {
    writeRequestUnit: "0.00000078",
    readRequestUnit: "0.000000155",
    writeCapacityUnitHour: "0.00081",
    readCapacityUnitHour: "0.00016",
    storageGbMonth: "0.10",
  },
  pointInTimeRecoveryGbMonth: "0.20",
  streamReadRequest: "0.0000002",
};

/** What is known without a price list of AWS's own, by Region. Another Region's prices would be a guess. */
export const knownPrices: Readonly<Record<string, RegionPrices>> = {
  "us-east-1": unitedStatesEast,
  "us-east-2": unitedStatesEast,
};

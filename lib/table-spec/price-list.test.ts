import { describe, expect, test } from "vitest";
import { listed, priceListOf } from "./price-list.fixture.ts";
import { PriceListError, readPriceList } from "./price-list.ts";

const ireland = { code: "eu-west-1", mark: "EU-", prices: listed };
const read = (regions: Parameters<typeof priceListOf>[0]) =>
  readPriceList(JSON.stringify(priceListOf(regions)));

describe("AWS's price list", () => {
  test("gives each price of a Region beyond the free tier, with the date of the list", () => {
    expect(read([ireland])["eu-west-1"]).toMatchObject({
      asOf: "2026-08-31",
      STANDARD: {
        writeRequestUnit: "0.0000007",
        readRequestUnit: "0.00000014",
        writeCapacityUnitHour: "0.00073",
        readCapacityUnitHour: "0.000146",
        storageGbMonth: "0.283",
      },
      STANDARD_INFREQUENT_ACCESS: {
        writeRequestUnit: "0.00000088",
        readRequestUnit: "0.000000175",
        writeCapacityUnitHour: "0.00091",
        readCapacityUnitHour: "0.00018",
        storageGbMonth: "0.113",
      },
      pointInTimeRecoveryGbMonth: "0.226",
      streamReadRequest: "0.000000226",
    });
  });

  test("may hold every Region, whatever stands before what is used", () => {
    const known = { "us-east-1": "", "us-west-2": "USW2-", "eu-central-1": "EUC1-", "af-south-1": "AFS1-" };
    const marks = { ...known, "of-tomorrow-10": "OFTOM10-" };
    const regions = Object.entries(marks).map(([code, mark]) => ({ ...ireland, code, mark }));
    expect(Object.keys(read(regions))).toEqual(Object.keys(marks));
  });

  test("may name one thing twice, with and without the Region's mark, as it does in us-east-1", () => {
    const list = priceListOf([{ ...ireland, code: "us-east-1", mark: "" }]);
    const attributes = { usagetype: "USE1-TimedStorage-ByteHrs", regionCode: "us-east-1" };
    const price = { endRange: "Inf", pricePerUnit: { USD: listed["TimedStorage-ByteHrs"] } };
    Object.assign(list.products, { AGAIN: { attributes } });
    Object.assign(list.terms.OnDemand, { AGAIN: { T: { priceDimensions: { P: price } } } });
    expect(readPriceList(JSON.stringify(list))["us-east-1"]?.STANDARD.storageGbMonth).toBe("0.283");
  });

  test("leaves out a Region that lacks a price or is not paid in dollars: half an estimate misleads", () => {
    const { "IA-ReadRequestUnits": _, ...most } = listed;
    const lacking = { code: "mx-central-1", mark: "MXC1-", prices: most };
    const yuan = { ...ireland, code: "cn-north-1", mark: "CNN1-", currency: "CNY" };
    expect(Object.keys(read([ireland, lacking, yuan]))).toEqual(["eu-west-1"]);
  });

  test("may begin with a byte-order mark, as files saved on Windows do", () => {
    const text = `\uFEFF${JSON.stringify(priceListOf([ireland]))}`;
    expect(Object.keys(readPriceList(text))).toEqual(["eu-west-1"]);
  });

  test("answers of no Region it does not have, whatever its name", () => {
    expect(read([ireland]).constructor).toBeUndefined();
  });
});

describe("a file is refused that", () => {
  const twice = priceListOf([ireland]);
  Object.assign(twice.products, {
    OTHER: { attributes: { usagetype: "EU-ReadRequestUnits", regionCode: "eu-west-1" } },
  });
  Object.assign(twice.terms.OnDemand, {
    OTHER: { T: { priceDimensions: { P: { endRange: "Inf", pricePerUnit: { USD: "0.0000009" } } } } },
  });
  test.each<[string, unknown, RegExp]>([
    ["is not JSON", "<html>", /not JSON/],
    ["is of another service", { ...priceListOf([ireland]), offerCode: "AmazonS3" }, /price list of DynamoDB/],
    ["has no terms", { ...priceListOf([ireland]), terms: {} }, /price list of DynamoDB \(terms.OnDemand/],
    ["has no Region with all prices", priceListOf([]), /no Region/],
    [
      "has two prices for one thing",
      twice,
      /EU-ReadRequestUnits has two prices in eu-west-1: 0.00000014 and 0.0000009/,
    ],
  ])("%s", (_, file, reason) => {
    const text = typeof file === "string" ? file : JSON.stringify(file);
    expect(() => readPriceList(text)).toThrow(PriceListError);
    expect(() => readPriceList(text)).toThrow(reason);
  });
});

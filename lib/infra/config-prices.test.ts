import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configCheck } from "#lib/guardrails/check.ts";
import { readConfig } from "#lib/infra/config.ts";
import { listed, priceListOf } from "#lib/table-spec/price-list.fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "tablewright-prices-"));
const file = join(folder, "tablewright.yaml");

function write(prices: string): string {
  writeFileSync(
    file,
    `projects: { shop: {} }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: sandbox }
  prod: { account: "111111111111", region: eu-west-1 }
${prices}`,
  );
  return file;
}

test("the price list that the file names is read from the file's own folder, beside the prices we know", () => {
  const list = priceListOf([{ code: "eu-west-1", mark: "EU-", prices: listed }]);
  writeFileSync(join(folder, "dynamodb.json"), JSON.stringify(list));
  const { prices } = readConfig(write("prices: dynamodb.json\n"));
  expect(prices["eu-west-1"]?.asOf).toBe("2026-08-31");
  expect(prices["us-east-1"]?.STANDARD.writeRequestUnit).toBe("0.000000625");
  expect(configCheck(file).lines).toContain("Cost is estimated for every environment.");
});

test("a file without one is checked with the environments that have no estimate", () => {
  expect(configCheck(write("")).lines).toContain(
    "No cost is estimated for prod (eu-west-1): `prices` can name AWS's price list.",
  );
  expect("constructor" in readConfig(file).prices).toBe(false);
});

test.each([
  ["is not there", "absent.json", "the price list absent.json: there is no such file"],
  ["is a folder", ".", "the price list .: it is a folder; name the file in it"],
  ["is something else", "tablewright.yaml", "the price list tablewright.yaml: it is not JSON"],
])("a price list that %s stops the start, with the line that names it", (_, name, reason) => {
  expect(() => readConfig(write(`prices: ${name}\n`))).toThrow(`${file}:5:9: ${reason}`);
});

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PriceListError, readPriceList } from "#lib/table-spec/price-list.ts";
import { knownPrices, type RegionPrices } from "#lib/table-spec/prices.ts";

/**
 * The prices we know, by Region and without a prototype, and over them those of AWS's price list at `list`, a path that
 * starts at the configuration's folder. Throws PriceListError.
 */
export function readPrices(list: string | null, configFile: string): Record<string, RegionPrices> {
  const known = Object.assign(Object.create(null), knownPrices);
  return list === null ? known : Object.assign(known, readPriceList(readText(configFile, list)));
}

function readText(configFile: string, list: string): string {
  try {
    return readFileSync(
      resolve(/* turbopackIgnore: true */ process.cwd(), dirname(configFile), list),
      "utf8",
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const known: Record<string, string> = {
      ENOENT: "there is no such file",
      EISDIR: "it is a folder; name the file in it",
    };
    throw new PriceListError(known[code] ?? `it cannot be read: ${error}`);
  }
}

const mask = (1n << 64n) - 1n;

/** FNV-1a over UTF-16 code units, 64 bits, as 10 hexadecimal digits. Tells names apart; it protects nothing. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1) {
    hash = ((hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n) & mask;
  }
  return hash.toString(16).padStart(16, "0").slice(0, 10);
}

const words = (name: string) => name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
const withLetterFirst = (label: string, otherwise: string) =>
  /^[a-zA-Z]/.test(label) ? label : `${otherwise}${label}`;

/**
 * A Terraform label for a table's name: `shop-dev-orders` → `shop_dev_orders`. Different names never share one, also
 * across files that are written apart: where characters get lost (`a.b`, `a_b`, `1a`), a fingerprint of the name follows
 * two underscores, which a plain label never has.
 */
export function snakeLabel(name: string): string {
  if (/^[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*$/.test(name)) return name.replaceAll("-", "_");
  return `${withLetterFirst(words(name).join("_"), "table_")}__${fingerprint(name)}`;
}

/** A class name for a table's name: `shop-dev-orders` → `ShopDevOrders`. Different names never share one, as above. */
export function pascalLabel(name: string): string {
  const capitalised = words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  if (/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name)) return capitalised;
  return `${withLetterFirst(capitalised, "Table")}_${fingerprint(name)}`;
}

/** The beginning of environment variables for a table's key: `user-data` → `USER_DATA`. Different keys never share one. */
export function variablePrefix(key: string): string {
  const prefix = words(key).join("_").toUpperCase();
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key)) return prefix;
  return `${withLetterFirst(prefix, "TABLE_")}__${fingerprint(key).toUpperCase()}`;
}

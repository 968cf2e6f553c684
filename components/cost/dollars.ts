const format = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** "$41.20", "$1,204.00". */
export function dollars(usd: number): string {
  return format.format(usd);
}

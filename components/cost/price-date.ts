/** "15 Nov 2024": the date of a price list, which is given as an ISO 8601 date. */
export function priceDate(asOf: string): string {
  return new Date(`${asOf}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
}

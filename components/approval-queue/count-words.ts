/** Nobody counts further: a query for every page has to end. */
const most = 1_000;

/** "12", and "1,000+" for as many as are counted. */
export function countWords(count: number): string {
  return count < most ? String(count) : `${most.toLocaleString("en")}+`;
}

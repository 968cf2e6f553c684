import type { SearchParams } from "#components/snippets/snippet-choice.ts";

type Parts = readonly (readonly [name: string, value: string])[];

/** Which tables of a project's environment are chosen, by key; null: all of them. */
export type TableChoice = { environment: string | undefined; keys: readonly string[] | null };

/** Says in an address that the tables beside it are all that is chosen, so that none can be chosen too. */
const chosenMark = ["tables", "chosen"] as const;

/** The choice in the address of a project's page, or of its download. */
export function parseTableChoice(params: SearchParams): TableChoice {
  const keys = [params.table ?? []].flat();
  return {
    environment: [params.environment].flat()[0],
    keys: keys.length > 0 || [params.tables].flat()[0] === chosenMark[1] ? keys : null,
  };
}

/** Those of the tables that are chosen. */
export function chosenTables<T extends { key: string }>(tables: readonly T[], { keys }: TableChoice): T[] {
  return tables.filter(({ key }) => keys === null || keys.includes(key));
}

/** A choice as it stands in an address: short where all tables are chosen. */
export function tableChoiceParts(
  environment: string,
  tables: readonly { key: string }[],
  chosen: readonly { key: string }[],
): Parts {
  const keys = chosen.length === tables.length ? [] : chosen.map(({ key }) => ["table", key] as const);
  return [["environment", environment], ...(chosen.length === tables.length ? [] : [chosenMark]), ...keys];
}

/** The hidden fields of the form that chooses. */
export const chosenField = { name: chosenMark[0], value: chosenMark[1] };

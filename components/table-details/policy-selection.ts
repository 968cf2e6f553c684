/** What a policy may be for, in the words of the API; `scans`: it comes with Scan unless that is left out. */
export const policyAccesses = [
  { value: "reader", label: "Reader", scans: true },
  { value: "writer", label: "Writer", scans: false },
  { value: "reader-writer", label: "Read and write", scans: true },
  { value: "module", label: "Module", scans: true },
  { value: "stream", label: "Stream", scans: false },
] as const;

export type PolicySelection = {
  access: (typeof policyAccesses)[number]["value"];
  as: "json" | "terraform";
  scan: boolean;
};

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The selection in a page's URL; what is missing or unknown there is the default: read and write, JSON, with Scan. */
export function parsePolicySelection(params: SearchParams): PolicySelection {
  const access = policyAccesses.find(({ value }) => value === params.access)?.value ?? "reader-writer";
  return { access, as: params.as === "terraform" ? "terraform" : "json", scan: params.scan !== "false" };
}

/** The address of a table's page with this selection; Scan only where it is left out. */
export function policyHref(tableId: string, { access, as, scan }: PolicySelection): string {
  const params = new URLSearchParams({ access, as, ...(scan ? {} : { scan: "false" }) });
  return `/tables/${tableId}?${params}`;
}

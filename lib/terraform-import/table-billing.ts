import type { Found, Report, Section } from "./section.ts";
import type { SpecField, TableDraft } from "./table-draft.ts";

const capacities: readonly string[] = ["read_capacity", "write_capacity"];

/**
 * An attribute of a table or an index, but no capacity of a table on demand: Terraform never sends that.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#read_capacity-1
 */
export function takeEffective(draft: TableDraft, section: Section, name: string): Found | null {
  const found = section.take(name);
  if (!found || !capacities.includes(name) || draft.get("billing_mode") !== "PAY_PER_REQUEST") return found;
  section.report(found.path, "A capacity has no effect with on-demand billing; it is left out.");
  return null;
}

/** Leaves open what a feature cannot do without in Terraform, where a spec would fill in a default of its own. */
export function requireDetail(
  draft: TableDraft,
  feature: SpecField,
  detail: SpecField,
  placeOf: (path: readonly string[]) => string,
  report: Report,
): void {
  if (draft.get(feature) !== true || draft.isOpen(detail) || draft.get(detail)) return;
  report(
    placeOf([detail]),
    `${feature} is on, but the text gives no ${detail}, which Terraform has no default for. Fill it in by hand.`,
  );
  draft.leaveOpen(detail);
}

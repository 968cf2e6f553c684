/**
 * The wizard's steps in order. `fields` are the first segments of the paths that a step shows; a table's own fields
 * are named as in its spec. Each field stands in exactly one step.
 */
export const steps = [
  {
    id: "where",
    title: "Where and what",
    perTable: false,
    fields: ["project", "environment", "justification", "key"],
  },
  {
    id: "keys",
    title: "Keys",
    perTable: true,
    fields: ["type", "partition_key", "partition_key_type", "sort_key", "sort_key_type"],
  },
  {
    id: "capacity",
    title: "Capacity",
    perTable: true,
    fields: [
      "billing_mode",
      "read_capacity",
      "write_capacity",
      "max_read_request_units",
      "max_write_request_units",
      "table_class",
      "reads_per_second",
      "writes_per_second",
      "item_kb",
      "items",
    ],
  },
  {
    id: "lifetime",
    title: "Lifetime and stream",
    perTable: true,
    fields: ["enable_ttl", "ttl_attribute", "enable_stream", "stream_view_type"],
  },
  {
    id: "protection",
    title: "Protection",
    perTable: true,
    fields: [
      "enable_point_in_time_recovery",
      "point_in_time_recovery_days",
      "encryption",
      "kms_key_id",
      "deletion_protection",
    ],
  },
  {
    id: "indexes",
    title: "Indexes and tags",
    perTable: true,
    fields: ["global_secondary_indexes", "local_secondary_indexes", "tags", "purpose"],
  },
  { id: "review", title: "Review", perTable: false, fields: [] },
] as const;

export type WizardStep = (typeof steps)[number];
export type StepId = WizardStep["id"];

/** The step that shows a field; `path` is "project", "key", or a path from a table's spec down ("tags.0.key"). */
export function stepOf(path: string): StepId {
  const [first] = path.split(".");
  return steps.find((step) => (step.fields as readonly string[]).includes(first!))?.id ?? "where";
}

/** A stored step's place; 0 for a word that is no step. */
export function stepIndex(id: string): number {
  return Math.max(
    0,
    steps.findIndex((step) => step.id === id),
  );
}

import type { AttributeType } from "#lib/table-spec/spec-fields.ts";
import type { SpecForm } from "./form-values.ts";

const timeLike = /time|date|_at$|^at$|_ts$|^ts$|epoch|day|created|updated/i;

/** Example times, 15 s apart. */
const seconds = 1_795_373_676;
const times = ["2026-11-22T14:14:36Z", "2026-11-22T14:14:51Z"];

/** A value that a key of this name and type might hold; `variant` 0 and 1 differ. */
function sample(name: string, type: AttributeType, variant: 0 | 1): string {
  if (type === "B") return variant === 0 ? "0x3fa9…" : "0x7c02…";
  if (type === "N") return String(timeLike.test(name) ? seconds + 15 * variant : 1001 + variant);
  if (timeLike.test(name)) return times[variant]!;
  const [word] = name.split(/[_.\s-]/).filter((part) => part !== "");
  return /id$/i.test(name)
    ? `${word ?? name}-${1001 + variant}`
    : `${word ?? name}-${variant === 0 ? "a" : "b"}`;
}

export type SampleItems = {
  head: string[];
  rows: string[][];
  /** What one call answers, in three parts: before, the key's value, after. */
  question: [string, string, string];
};

/** Two example items of a table and the question its keys answer in one call; null while there is no partition key. */
export function sampleItems(spec: SpecForm): SampleItems | null {
  const { partition_key: partition, sort_key: sort } = spec;
  if (partition === "") return null;
  const first = sample(partition, spec.partition_key_type, 0);
  if (sort === "") {
    const rows = [first, sample(partition, spec.partition_key_type, 1)].map((value) => [value, "item"]);
    return { head: [partition, "…"], rows, question: ["“The item of ", first, "” is one GetItem."] };
  }
  const type = spec.sort_key === partition ? spec.partition_key_type : spec.sort_key_type;
  const after = timeLike.test(sort)
    ? " of the last hour” is one Query."
    : `, in the order of ${sort}” is one Query.`;
  return {
    head: [partition, sort, "…"],
    rows: ([0, 1] as const).map((variant) => [first, sample(sort, type, variant), "item"]),
    question: ["“All ", first, after],
  };
}

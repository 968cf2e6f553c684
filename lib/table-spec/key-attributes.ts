import type { AttributeType, TableSpecFields } from "./spec-fields.ts";

/** Fields that hold the names of key attributes. */
export const keyFields = [
  "partition_key",
  "sort_key",
  "global_secondary_indexes",
  "local_secondary_indexes",
] as const;

/** Names of the key attributes of the table and all its indexes, each once, in the order DynamoDB would meet them. */
export function keyAttributes(spec: Pick<TableSpecFields, (typeof keyFields)[number]>): string[] {
  const names = [spec.partition_key, spec.sort_key];
  for (const index of Object.values(spec.global_secondary_indexes))
    names.push(index.partition_key, index.sort_key);
  for (const index of Object.values(spec.local_secondary_indexes)) names.push(index.sort_key);
  return [...new Set(names.filter((name) => name !== null))];
}

/** The type of a key attribute: its entry in `attribute_types`, else S. Safe for names such as `constructor`. */
export function attributeType(spec: Pick<TableSpecFields, "attribute_types">, name: string): AttributeType {
  return (Object.hasOwn(spec.attribute_types, name) && spec.attribute_types[name]) || "S";
}

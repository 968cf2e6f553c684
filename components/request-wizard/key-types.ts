import type { AttributeType } from "#lib/table-spec/spec-fields.ts";
import type { SpecForm } from "./form-values.ts";

/** A field of the form that names a key attribute, and the field with its type; paths from the spec down. */
export type KeyField = { nameField: string; typeField: string; name: string; type: AttributeType };

/** Every key field in which something is typed: the table's, then the indexes', in the order the form shows them. */
export function keyFieldsOf(spec: SpecForm): KeyField[] {
  const at = (prefix: string, key: "partition_key" | "sort_key", name: string, type: AttributeType) => ({
    nameField: `${prefix}${key}`,
    typeField: `${prefix}${key}_type`,
    name,
    type,
  });
  const all = [
    at("", "partition_key", spec.partition_key, spec.partition_key_type),
    at("", "sort_key", spec.sort_key, spec.sort_key_type),
    ...spec.global_secondary_indexes.flatMap((index, place) => [
      at(
        `global_secondary_indexes.${place}.`,
        "partition_key",
        index.partition_key,
        index.partition_key_type,
      ),
      at(`global_secondary_indexes.${place}.`, "sort_key", index.sort_key, index.sort_key_type),
    ]),
    ...spec.local_secondary_indexes.map((index, place) =>
      at(`local_secondary_indexes.${place}.`, "sort_key", index.sort_key, index.sort_key_type),
    ),
  ];
  return all.filter(({ name }) => name !== "");
}

/**
 * An attribute has one type, however many keys it serves: the first field that names it decides. This is that
 * field when it is another one than `nameField`; null where the field decides itself.
 */
export function typeDecidedBy(spec: SpecForm, nameField: string): KeyField | null {
  const fields = keyFieldsOf(spec);
  const own = fields.find((field) => field.nameField === nameField);
  const first = own && fields.find((field) => field.name === own.name);
  return first && first !== own ? first : null;
}

/** The type of every key attribute, by its name. */
export function attributeTypesOf(spec: SpecForm): Record<string, AttributeType> {
  const types = new Map<string, AttributeType>();
  for (const { name, type } of keyFieldsOf(spec)) if (!types.has(name)) types.set(name, type);
  return Object.fromEntries(types);
}

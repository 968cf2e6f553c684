import {
  type GlobalSecondaryIndex,
  type LocalSecondaryIndex,
  maxGlobalSecondaryIndexes,
  maxLocalSecondaryIndexes,
} from "./index-schema.ts";
import { faultIf, rule } from "./rule.ts";
import type { TableSpecFields } from "./spec-fields.ts";

/** Most `non_key_attributes` over all indexes of a table, counted once per index (DynamoDB quota). */
export const maxProjectedAttributes = 100;

const q = (name: string) => JSON.stringify(name);

const indexMaps = ["global_secondary_indexes", "local_secondary_indexes"] as const;

const globalIndexCount = rule("too-many-global-indexes", ["global_secondary_indexes"], (spec) => {
  const count = Object.keys(spec.global_secondary_indexes).length;
  return faultIf(
    count > maxGlobalSecondaryIndexes,
    ["global_secondary_indexes"],
    `The table has ${count} global secondary indexes; DynamoDB allows ${maxGlobalSecondaryIndexes}. Remove some.`,
  );
});

const localIndexCount = rule("too-many-local-indexes", ["local_secondary_indexes"], (spec) => {
  const count = Object.keys(spec.local_secondary_indexes).length;
  return faultIf(
    count > maxLocalSecondaryIndexes,
    ["local_secondary_indexes"],
    `The table has ${count} local secondary indexes; DynamoDB allows ${maxLocalSecondaryIndexes}. Remove some.`,
  );
});

const localIndexNeedsSortKey = rule(
  "local-index-needs-table-sort-key",
  ["sort_key", "local_secondary_indexes"],
  (spec) =>
    faultIf(
      spec.sort_key === null && Object.keys(spec.local_secondary_indexes).length > 0,
      ["local_secondary_indexes"],
      "Local secondary indexes need a table with a sort_key. Give the table a sort_key, or use global secondary indexes.",
    ),
);

const localIndexSortKeyDiffers = rule(
  "local-index-sort-key-is-partition-key",
  ["partition_key", "local_secondary_indexes"],
  (spec) =>
    Object.entries(spec.local_secondary_indexes)
      .filter(([, index]) => index.sort_key === spec.partition_key)
      .map(([name]) => ({
        path: ["local_secondary_indexes", name, "sort_key"],
        message: `Index ${q(name)} sorts by the table's partition_key (${q(spec.partition_key)}). Name another attribute.`,
      })),
);

const globalIndexSortKeyDiffers = rule(
  "index-sort-key-is-partition-key",
  ["global_secondary_indexes"],
  (spec) =>
    Object.entries(spec.global_secondary_indexes)
      .filter(([, index]) => index.sort_key === index.partition_key)
      .map(([name, index]) => ({
        path: ["global_secondary_indexes", name, "sort_key"],
        message: `Index ${q(name)} has the attribute ${q(index.partition_key)} as partition_key and as sort_key. Name another sort_key, or leave it out.`,
      })),
);

const indexNamesDiffer = rule(
  "index-name-twice",
  ["global_secondary_indexes", "local_secondary_indexes"],
  (spec) =>
    Object.keys(spec.local_secondary_indexes)
      .filter((name) => Object.hasOwn(spec.global_secondary_indexes, name))
      .map((name) => ({
        path: ["local_secondary_indexes", name],
        message: `A global and a local secondary index are both called ${q(name)}. Rename one of them.`,
      })),
);

type IndexFields = Pick<TableSpecFields, "global_secondary_indexes" | "local_secondary_indexes">;

/** Every index with the map it stands in. */
function allIndexes(spec: IndexFields) {
  return indexMaps.flatMap((map) =>
    Object.entries<GlobalSecondaryIndex | LocalSecondaryIndex>(spec[map]).map(([name, index]) => ({
      name,
      path: [map, name],
      keys: "partition_key" in index ? [index.partition_key, index.sort_key] : [index.sort_key],
      projection: index.projection_type,
      attributes: index.non_key_attributes,
    })),
  );
}

const includeHasAttributes = rule("include-needs-attributes", indexMaps, (spec) =>
  allIndexes(spec)
    .filter((index) => index.projection === "INCLUDE" && index.attributes === null)
    .map((index) => ({
      path: [...index.path, "non_key_attributes"],
      message: `Index ${q(index.name)} with projection_type "INCLUDE" needs non_key_attributes. List 1 to 20 attributes, or choose ALL or KEYS_ONLY.`,
    })),
);

const onlyIncludeHasAttributes = rule("attributes-need-include", indexMaps, (spec) =>
  allIndexes(spec)
    .filter((index) => index.projection !== "INCLUDE" && index.attributes !== null)
    .map((index) => ({
      path: [...index.path, "non_key_attributes"],
      message: `Index ${q(index.name)} has non_key_attributes, which projection_type ${q(index.projection)} does not take. Remove them, or choose "INCLUDE".`,
    })),
);

const projectedOnce = rule("projected-twice", indexMaps, (spec) =>
  allIndexes(spec).flatMap((index) =>
    (index.attributes ?? []).flatMap((attribute, position, all) =>
      faultIf(
        all.indexOf(attribute) < position,
        [...index.path, "non_key_attributes", String(position)],
        `Index ${q(index.name)} lists ${q(attribute)} twice in non_key_attributes. Remove one.`,
      ),
    ),
  ),
);

const projectedAreNoKeys = rule(
  "projected-key",
  ["partition_key", "sort_key", "global_secondary_indexes", "local_secondary_indexes"],
  (spec) =>
    allIndexes(spec).flatMap((index) => {
      const keys = [spec.partition_key, spec.sort_key, ...index.keys];
      return (index.attributes ?? []).flatMap((attribute, position) =>
        faultIf(
          keys.includes(attribute),
          [...index.path, "non_key_attributes", String(position)],
          `Index ${q(index.name)} lists ${q(attribute)} in non_key_attributes, but keys are always in an index. Remove it.`,
        ),
      );
    }),
);

const projectedTotal = rule("too-many-projected-attributes", indexMaps, (spec) => {
  const count = allIndexes(spec).reduce((total, index) => total + (index.attributes?.length ?? 0), 0);
  return faultIf(
    count > maxProjectedAttributes,
    [Object.keys(spec.global_secondary_indexes).length > 0 ? indexMaps[0] : indexMaps[1]],
    `The indexes list ${count} non_key_attributes together; DynamoDB allows ${maxProjectedAttributes}, counted once per index. Remove some, or project ALL.`,
  );
});

/** Rules on secondary indexes: numbers, names, keys and projections. */
export const indexRules = [
  globalIndexCount,
  localIndexCount,
  localIndexNeedsSortKey,
  localIndexSortKeyDiffers,
  globalIndexSortKeyDiffers,
  indexNamesDiffer,
  includeHasAttributes,
  onlyIncludeHasAttributes,
  projectedOnce,
  projectedAreNoKeys,
  projectedTotal,
];

import { z } from "zod";
import {
  attributeName,
  defaulted,
  keyAttributeName,
  mustBe,
  nullable,
  oneOf,
  wholeNumber,
} from "./field-schemas.ts";

/** `Projection.ProjectionType` of the DynamoDB API. */
export const projectionTypes = ["ALL", "KEYS_ONLY", "INCLUDE"] as const;
export type ProjectionType = (typeof projectionTypes)[number];

/** Default quota of a table's and its global indexes' provisioned capacity, in units. */
export const maxCapacity = 40_000;

/** Global secondary indexes a table may have (the default quota). */
export const maxGlobalSecondaryIndexes = 20;

/** Local secondary indexes a table may have. */
export const maxLocalSecondaryIndexes = 5;

/** Most `non_key_attributes` in one index (the API model's `NonKeyAttributeNameList`). */
export const maxNonKeyAttributes = 20;

const nonKeyAttributesError = mustBe(
  "non_key_attributes",
  `a list of 1 to ${maxNonKeyAttributes} attribute names`,
);

const projectionFields = {
  projection_type: defaulted(oneOf("projection_type", projectionTypes), "ALL"),
  non_key_attributes: nullable(
    z
      .array(attributeName("An entry of non_key_attributes"), { error: nonKeyAttributesError })
      .min(1, { error: nonKeyAttributesError })
      .max(maxNonKeyAttributes, { error: nonKeyAttributesError }),
  ),
};

/** An index's name: 3 to 255 of `[a-zA-Z0-9_.-]`. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndex.html */
export const indexNameSchema = z.string().superRefine((name, context) => {
  if (/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) return;
  context.addIssue({
    code: "custom",
    params: { id: "index-name" },
    message: `Index name ${JSON.stringify(name.slice(0, 260))} must have 3 to 255 characters out of a-z, A-Z, 0-9, "_", "-" and ".".`,
  });
});

/** One entry of `global_secondary_indexes`. Capacities are units per second. */
export const globalSecondaryIndexSchema = z.strictObject(
  {
    partition_key: keyAttributeName("The index's partition_key"),
    sort_key: nullable(keyAttributeName("The index's sort_key")),
    ...projectionFields,
    read_capacity: nullable(wholeNumber("The index's read_capacity", 1, maxCapacity)),
    write_capacity: nullable(wholeNumber("The index's write_capacity", 1, maxCapacity)),
  },
  { error: indexShapeError("global") },
);

/** One entry of `local_secondary_indexes`; its partition key is the table's. */
export const localSecondaryIndexSchema = z.strictObject(
  { sort_key: keyAttributeName("The index's sort_key"), ...projectionFields },
  { error: indexShapeError("local") },
);

export type GlobalSecondaryIndex = z.output<typeof globalSecondaryIndexSchema>;
export type LocalSecondaryIndex = z.output<typeof localSecondaryIndexSchema>;

function indexShapeError(kind: "global" | "local") {
  const notAnObject = mustBe(`A ${kind} secondary index`, "an object of its options");
  return (issue: z.core.$ZodRawIssue) =>
    issue.code === "unrecognized_keys"
      ? `Not an option of a ${kind} secondary index: ${issue.keys.join(", ")}. Check the spelling, or remove it.`
      : notAnObject(issue);
}

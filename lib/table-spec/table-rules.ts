import { attributeType, keyAttributes, keyFields } from "./key-attributes.ts";
import { faultIf, rule } from "./rule.ts";
import { maxTags, reservedTagKeys } from "./tag-schemas.ts";

/** Tags a spec may carry, so that they fit beside the ones the platform writes. */
export const maxSpecTags = maxTags - reservedTagKeys.length;

const q = (name: string) => JSON.stringify(name);

const sortKeyDiffers = rule("sort-key-is-partition-key", ["partition_key", "sort_key"], (spec) =>
  faultIf(
    spec.sort_key === spec.partition_key,
    ["sort_key"],
    `sort_key is the same attribute as partition_key (${q(spec.partition_key)}). Name another attribute, or leave sort_key out.`,
  ),
);

const timeSeriesHasSortKey = rule("time-series-needs-sort-key", ["type", "sort_key"], (spec) =>
  faultIf(
    spec.type === "time-series" && spec.sort_key === null,
    ["sort_key"],
    'A table of type "time-series" needs a sort_key. Name the attribute that holds the time, or choose type "key-value".',
  ),
);

const typesAreOfKeys = rule("attribute-type-of-no-key", [...keyFields, "attribute_types"], (spec) => {
  const keys = new Set(keyAttributes(spec));
  return Object.keys(spec.attribute_types)
    .filter((name) => !keys.has(name))
    .map((name) => ({
      path: ["attribute_types", name],
      message: `attribute_types has an entry for ${q(name)}, which is no key of the table or of an index. Remove the entry, or use the attribute as a key.`,
    }));
});

const ttlHasAttribute = rule("ttl-needs-attribute", ["enable_ttl", "ttl_attribute"], (spec) =>
  faultIf(
    spec.enable_ttl && spec.ttl_attribute === "",
    ["ttl_attribute"],
    "ttl_attribute is empty while enable_ttl is true. Name the attribute that holds the expiry time.",
  ),
);

const ttlKeyIsNumber = rule(
  "ttl-key-is-no-number",
  [...keyFields, "attribute_types", "enable_ttl", "ttl_attribute"],
  (spec) => {
    const { ttl_attribute: name } = spec;
    const broken = spec.enable_ttl && keyAttributes(spec).includes(name) && attributeType(spec, name) !== "N";
    return faultIf(
      broken,
      ["ttl_attribute"],
      `ttl_attribute ${q(name)} is a key attribute of type ${attributeType(spec, name)}; DynamoDB expires only by numbers. Give it the type N in attribute_types, or name another attribute.`,
    );
  },
);

const encryptionHasKey = rule("encryption-needs-key", ["encryption", "kms_key_id"], (spec) =>
  faultIf(
    spec.encryption === "customer_managed" && spec.kms_key_id === null,
    ["kms_key_id"],
    'encryption "customer_managed" needs a kms_key_id. Name the key, or choose another encryption.',
  ),
);

const encryptionAllowsKey = rule("encryption-excludes-key", ["encryption", "kms_key_id"], (spec) =>
  faultIf(
    spec.kms_key_id !== null && (spec.encryption === "aws_managed" || spec.encryption === "aws_owned"),
    ["encryption"],
    `encryption ${q(spec.encryption ?? "")} contradicts kms_key_id, which means a customer-managed key. Remove kms_key_id, or choose "customer_managed".`,
  ),
);

const tagCount = rule("too-many-tags", ["tags"], (spec) => {
  const count = Object.keys(spec.tags).length;
  return faultIf(
    count > maxSpecTags,
    ["tags"],
    `The table has ${count} tags; ${maxSpecTags} are possible, for the platform adds ${reservedTagKeys.length} and AWS allows ${maxTags}. Remove some.`,
  );
});

/** Rules on keys, time to live, encryption and tags. */
export const tableRules = [
  sortKeyDiffers,
  timeSeriesHasSortKey,
  typesAreOfKeys,
  ttlHasAttribute,
  ttlKeyIsNumber,
  encryptionHasKey,
  encryptionAllowsKey,
  tagCount,
];

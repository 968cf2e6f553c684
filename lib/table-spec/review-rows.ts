import {
  attributeTypeLabel,
  billingModeLabel,
  encryptionLabel,
  fieldLabel,
  patternLabel,
  projectionTypeLabel,
  shownName,
  streamViewTypeLabel,
  tableClassLabel,
} from "./describe.ts";
import type { GlobalSecondaryIndex, LocalSecondaryIndex } from "./index-schema.ts";
import { attributeType } from "./key-attributes.ts";
import type { TableSpec } from "./schema.ts";

/** One setting that a reviewer should see: what is asked, and what it would be if nothing were asked. */
export type SpecRow = { field: keyof TableSpec; setting: string; asked: string; default: string };

const none = "none";
const onOff = (on: boolean) => (on ? "on" : "off");
const units = (count: number | null) => (count === null ? none : count.toLocaleString("en-US"));
const attribute = (spec: TableSpec, name: string) =>
  `${shownName(name)} (${attributeTypeLabel[attributeType(spec, name)]})`;

/** A feature that has an option of its own: the option is shown where it is in force or was set in vain. */
function feature(on: boolean, option: string, optionIsDefault: boolean): string {
  if (on) return `on, ${option}`;
  return optionIsDefault ? "off" : `off (${option}: no effect)`;
}

function keyRows(spec: TableSpec): SpecRow[] {
  const row = (field: "partition_key" | "sort_key", name: string, byDefault: string): SpecRow => ({
    field,
    setting: fieldLabel[field],
    asked: attribute(spec, name),
    default: byDefault,
  });
  return [
    row("partition_key", spec.partition_key, "required"),
    ...(spec.sort_key === null ? [] : [row("sort_key", spec.sort_key, none)]),
  ];
}

function indexRows(spec: TableSpec): SpecRow[] {
  const row = (
    field: "global_secondary_indexes" | "local_secondary_indexes",
    name: string,
    index: GlobalSecondaryIndex | LocalSecondaryIndex,
  ): SpecRow => {
    const keys = "partition_key" in index ? [index.partition_key, index.sort_key] : [index.sort_key];
    const projected = index.non_key_attributes
      ? `: ${index.non_key_attributes.map(shownName).join(", ")}`
      : "";
    const capacity =
      "read_capacity" in index && index.read_capacity !== null
        ? `; ${units(index.read_capacity)} read and ${units(index.write_capacity)} write capacity units`
        : "";
    const shown = keys.filter((key) => key !== null).map((key) => attribute(spec, key));
    return {
      field,
      setting: `${field === "global_secondary_indexes" ? "Global" : "Local"} secondary index ${name}`,
      asked: `${shown.join(", ")}; ${projectionTypeLabel[index.projection_type]}${projected}${capacity}`,
      default: none,
    };
  };
  return [
    ...Object.entries(spec.global_secondary_indexes).map(([name, index]) =>
      row("global_secondary_indexes", name, index),
    ),
    ...Object.entries(spec.local_secondary_indexes).map(([name, index]) =>
      row("local_secondary_indexes", name, index),
    ),
  ];
}

function settingRows(spec: TableSpec): SpecRow[] {
  const row = (field: keyof TableSpec, asked: string, byDefault: string): SpecRow => ({
    field,
    setting: fieldLabel[field],
    asked,
    default: byDefault,
  });
  const key = spec.kms_key_id === null ? "" : `, ${spec.kms_key_id}`;
  const days = spec.point_in_time_recovery_days;
  return [
    row("type", patternLabel[spec.type], patternLabel["key-value"]),
    row("billing_mode", billingModeLabel[spec.billing_mode], billingModeLabel.PAY_PER_REQUEST),
    row("read_capacity", units(spec.read_capacity), none),
    row("write_capacity", units(spec.write_capacity), none),
    row("max_read_request_units", units(spec.max_read_request_units), none),
    row("max_write_request_units", units(spec.max_write_request_units), none),
    row("table_class", tableClassLabel[spec.table_class], tableClassLabel.STANDARD),
    row(
      "enable_ttl",
      feature(spec.enable_ttl, `attribute ${shownName(spec.ttl_attribute)}`, spec.ttl_attribute === "ttl"),
      "off",
    ),
    row(
      "enable_stream",
      feature(
        spec.enable_stream,
        streamViewTypeLabel[spec.stream_view_type],
        spec.stream_view_type === "NEW_AND_OLD_IMAGES",
      ),
      "off",
    ),
    row(
      "enable_point_in_time_recovery",
      feature(spec.enable_point_in_time_recovery, days === 1 ? "1 day" : `${days} days`, days === 35),
      "off",
    ),
    row("deletion_protection", onOff(spec.deletion_protection), "off"),
    row("encryption", encryptionLabel[spec.encryption] + key, encryptionLabel.aws_managed),
    row("purpose", spec.purpose, "Application Data Storage"),
  ];
}

/**
 * What a reviewer reads of a table: its keys and indexes, every setting that is not the default, and its tags. An
 * option set for a feature that is off is shown as without effect.
 */
export function specRows(spec: TableSpec): SpecRow[] {
  const tags = Object.entries(spec.tags).map(
    ([key, value]): SpecRow => ({ field: "tags", setting: `Tag ${key}`, asked: value, default: none }),
  );
  return [
    ...keyRows(spec),
    ...settingRows(spec).filter((row) => row.asked !== row.default),
    ...indexRows(spec),
    ...tags,
  ];
}

import { maxCapacity } from "./index-schema.ts";
import { faultIf, type RuleFault, rule } from "./rule.ts";
import type { TableSpecFields } from "./spec-fields.ts";

const q = (name: string) => JSON.stringify(name);

const capacityFields = ["read_capacity", "write_capacity"] as const;
type Capacities = { read_capacity: number | null; write_capacity: number | null };

function missingCapacity(where: string, path: string[], capacities: Capacities): RuleFault[] {
  return capacityFields
    .filter((field) => capacities[field] === null)
    .map((field) => ({
      path: [...path, field],
      message: `${where} needs ${field} with billing_mode "PROVISIONED". Give the units per second, from 1 to ${maxCapacity.toLocaleString("en-US")}.`,
    }));
}

function needlessCapacity(where: string, path: string[], capacities: Capacities): RuleFault[] {
  return capacityFields
    .filter((field) => capacities[field] !== null)
    .map((field) => ({
      path: [...path, field],
      message: `${where} has ${field}, which billing_mode "PAY_PER_REQUEST" does not take. Remove it, or choose "PROVISIONED".`,
    }));
}

const provisionedHasCapacity = rule(
  "provisioned-needs-capacity",
  ["billing_mode", "read_capacity", "write_capacity"],
  (spec) => (spec.billing_mode === "PROVISIONED" ? missingCapacity("The table", [], spec) : []),
);

const onDemandHasNoCapacity = rule(
  "on-demand-excludes-capacity",
  ["billing_mode", "read_capacity", "write_capacity"],
  (spec) => (spec.billing_mode === "PAY_PER_REQUEST" ? needlessCapacity("The table", [], spec) : []),
);

const indexCapacity = (id: string, mode: TableSpecFields["billing_mode"], faults: typeof missingCapacity) =>
  rule(id, ["billing_mode", "global_secondary_indexes"], (spec) =>
    spec.billing_mode === mode
      ? Object.entries(spec.global_secondary_indexes).flatMap(([name, index]) =>
          faults(`Index ${q(name)}`, ["global_secondary_indexes", name], index),
        )
      : [],
  );

const provisionedIndexHasCapacity = indexCapacity("index-needs-capacity", "PROVISIONED", missingCapacity);
const onDemandIndexHasNoCapacity = indexCapacity(
  "index-excludes-capacity",
  "PAY_PER_REQUEST",
  needlessCapacity,
);

const capacityFits = rule(
  "capacity-over-quota",
  ["read_capacity", "write_capacity", "global_secondary_indexes"],
  (spec) =>
    capacityFields.flatMap((field) => {
      const indexes = Object.values(spec.global_secondary_indexes);
      const sum = indexes.reduce((total, index) => total + (index[field] ?? 0), spec[field] ?? 0);
      return faultIf(
        sum > maxCapacity,
        [field],
        `${field} of the table and its global secondary indexes is ${sum.toLocaleString("en-US")} together; the quota is ${maxCapacity.toLocaleString("en-US")}. Lower it.`,
      );
    }),
);

const requestUnitsAreOnDemand = rule(
  "provisioned-excludes-request-units",
  ["billing_mode", "max_read_request_units", "max_write_request_units"],
  (spec) =>
    (["max_read_request_units", "max_write_request_units"] as const)
      .filter((field) => spec.billing_mode === "PROVISIONED" && spec[field] !== null)
      .map((field) => ({
        path: [field],
        message: `${field} is for billing_mode "PAY_PER_REQUEST" only. Remove it, or choose "PAY_PER_REQUEST".`,
      })),
);

/** Rules on the billing mode and the capacities of the table and its global secondary indexes. */
export const capacityRules = [
  provisionedHasCapacity,
  onDemandHasNoCapacity,
  provisionedIndexHasCapacity,
  onDemandIndexHasNoCapacity,
  capacityFits,
  requestUnitsAreOnDemand,
];

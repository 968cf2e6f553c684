import type { TableSpec } from "#lib/table-spec/schema.ts";
import { type CreateTableInput, createTableInput } from "./create-table-input.ts";
import type { Facet, Observed, ObservedTable } from "./observed.ts";
import { describeBackups, describeCreate, describeTtl } from "./plan-summary.ts";

/** What one table is to become: the approved spec, all its tags as merged, and what its endpoint cannot do. */
export type Desired = {
  name: string;
  spec: TableSpec;
  tags: Record<string, string>;
  unsupported: readonly Facet[];
};

export type UpdateTimeToLiveInput = {
  TableName: string;
  TimeToLiveSpecification: { Enabled: true; AttributeName: string };
};
export type UpdateContinuousBackupsInput = {
  TableName: string;
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true; RecoveryPeriodInDays: number };
};

/** One API call: `input` is sent as it stands, `summary` is what the reviewer reads. JSON all through. */
export type PlannedCall =
  | { call: "CreateTable"; input: CreateTableInput; summary: string }
  | { call: "UpdateTimeToLive"; input: UpdateTimeToLiveInput; summary: string; facet: "ttl" }
  | {
      call: "UpdateContinuousBackups";
      input: UpdateContinuousBackupsInput;
      summary: string;
      facet: "point_in_time_recovery";
    };

/**
 * The calls that turn what is there into what was approved, in the order in which AWS takes them; empty when
 * nothing is left to do. A facet that has not been read counts as not there yet. The caller runs the first call
 * only once the table is settled, and observes again before it runs the next.
 *
 * Creation only: a create-time setting that differs on a live table gets no call (see `absentFacets`).
 */
export function plan(desired: Desired, observed: Observed): PlannedCall[] {
  const live = observed.exists ? observed : null;
  return [
    ...(live === null ? [createCall(desired)] : []),
    ...(ttlWanted(desired) && !ttlOn(desired.spec, live) ? [ttlCall(desired)] : []),
    ...(backupsWanted(desired) && !backupsOn(desired.spec, live) ? [backupsCall(desired)] : []),
  ];
}

/** Whether TTL is asked for and the endpoint, as far as known, can do it. */
export function ttlWanted({ spec, unsupported }: Desired): boolean {
  return spec.enable_ttl && !unsupported.includes("ttl");
}

/** Whether point-in-time recovery is asked for and the endpoint, as far as known, can do it. */
export function backupsWanted({ spec, unsupported }: Desired): boolean {
  return spec.enable_point_in_time_recovery && !unsupported.includes("point_in_time_recovery");
}

/** ENABLING counts as on: DynamoDB takes up to an hour over it and refuses a second call. */
export function ttlOn(spec: TableSpec, live: ObservedTable | null): boolean {
  const ttl = live?.ttl;
  if (!ttl || (ttl.status !== "ENABLED" && ttl.status !== "ENABLING")) return false;
  return ttl.attribute === spec.ttl_attribute;
}

/** An endpoint that does not say how many days it keeps is taken to keep what was asked. */
export function backupsOn(spec: TableSpec, live: ObservedTable | null): boolean {
  const backups = live?.backups;
  if (backups?.status !== "ENABLED") return false;
  return backups.days === null || backups.days === spec.point_in_time_recovery_days;
}

function createCall({ name, spec, tags }: Desired): PlannedCall {
  const input = createTableInput(name, spec, tags);
  return { call: "CreateTable", input, summary: describeCreate(input) };
}

function ttlCall({ name, spec }: Desired): PlannedCall {
  return {
    call: "UpdateTimeToLive",
    input: {
      TableName: name,
      TimeToLiveSpecification: { Enabled: true, AttributeName: spec.ttl_attribute },
    },
    summary: describeTtl(spec.ttl_attribute),
    facet: "ttl",
  };
}

function backupsCall({ name, spec }: Desired): PlannedCall {
  const days = spec.point_in_time_recovery_days;
  return {
    call: "UpdateContinuousBackups",
    input: {
      TableName: name,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days },
    },
    summary: describeBackups(days),
    facet: "point_in_time_recovery",
  };
}

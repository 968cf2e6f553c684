import type { FaultPlan } from "./faults.ts";
import type { OperationName } from "./input-shapes.ts";

/** Facets an emulator may lack: their operations are unknown, and their settings accepted and dropped. */
export type Facet =
  | "tags"
  | "timeToLive"
  | "continuousBackups"
  | "stream"
  | "encryption"
  | "tableClass"
  | "deletionProtection"
  | "onDemandThroughput"
  | "tableId";

/** Reads that lag behind writes, as AWS documents; both conditions must be over before the truth is told. */
type EventualConsistency = {
  /** DescribeTable answers ResourceNotFoundException this many times after a CreateTable … */
  describeLagReads: number;
  /** … and for this long. */
  describeLagSeconds: number;
  /** ListTagsOfResource answers what was there before a write this many times … */
  tagsLagReads: number;
  /** … and for this long. */
  tagsLagSeconds: number;
  /** The tag operations answer ResourceNotFoundException until the table is ACTIVE, as AWS has been seen to do. */
  tagsUnknownWhileCreating: boolean;
};

type Limits = {
  /** CreateTable, UpdateTable, DeleteTable running at once per account and region. */
  simultaneousOperations: number;
  /** Tables with secondary indexes in CREATING at once per account and region. */
  simultaneousIndexedCreations: number;
  tables: number;
};

export type SandboxOptions = {
  /** 0 (default): a free port. */
  port?: number;
  host?: string;
  /** Where the tables are kept; absent: in memory only. */
  stateFile?: string;
  creatingSeconds?: number;
  updatingSeconds?: number;
  deletingSeconds?: number;
  /** ENABLING to ENABLED and DISABLING to DISABLED. */
  ttlSeconds?: number;
  /** Between two changes of one table's time to live. */
  ttlCooldownSeconds?: number;
  /** Between two changes of one table's deletion protection. */
  deletionProtectionCooldownSeconds?: number;
  /** After ACTIVE, how long point-in-time recovery answers ContinuousBackupsUnavailableException. */
  backupsEnablingSeconds?: number;
  eventualConsistency?: Partial<EventualConsistency>;
  limits?: Partial<Limits>;
  faultPlan?: FaultPlan;
  /** Clock in milliseconds since the epoch. */
  now?: () => number;
  /** false switches an operation or a facet off, to model an emulator without it. */
  supports?: Partial<Record<Facet | OperationName, boolean>>;
  /** Whether `calls` fills; default true. */
  recordCalls?: boolean;
};

/** The options with every default filled in, times in milliseconds. */
export type Settings = {
  creatingMs: number;
  updatingMs: number;
  deletingMs: number;
  ttlMs: number;
  ttlCooldownMs: number;
  deletionProtectionCooldownMs: number;
  backupsEnablingMs: number;
  eventualConsistency: EventualConsistency;
  limits: Limits;
  supports: (what: Facet | OperationName) => boolean;
};

/** Fills in defaults: about a second for every transition, AWS's hour between TTL changes, AWS's default quotas. */
export function settingsOf(options: SandboxOptions): Settings {
  const { creatingSeconds = 1, supports = {} } = options;
  return {
    creatingMs: creatingSeconds * 1000,
    updatingMs: (options.updatingSeconds ?? creatingSeconds) * 1000,
    deletingMs: (options.deletingSeconds ?? creatingSeconds) * 1000,
    ttlMs: (options.ttlSeconds ?? 1) * 1000,
    ttlCooldownMs: (options.ttlCooldownSeconds ?? 3600) * 1000,
    deletionProtectionCooldownMs: (options.deletionProtectionCooldownSeconds ?? 15) * 1000,
    backupsEnablingMs: (options.backupsEnablingSeconds ?? 0) * 1000,
    eventualConsistency: {
      describeLagReads: 0,
      describeLagSeconds: 0,
      tagsLagReads: 0,
      tagsLagSeconds: 0,
      tagsUnknownWhileCreating: false,
      ...options.eventualConsistency,
    },
    limits: {
      simultaneousOperations: 500,
      simultaneousIndexedCreations: 250,
      tables: 2500,
      ...options.limits,
    },
    supports: (what) => supports[what] !== false,
  };
}

import { resolveTableName } from "./arns.ts";
import type { Journal } from "./persistence.ts";
import { tableNotFound } from "./service-error.ts";
import type {
  AttributeDefinition,
  BillingMode,
  Caller,
  KeySchemaElement,
  OnDemandThroughput,
  OnTable,
  Projection,
  Tag,
} from "./wire.ts";

/** Capacity of a table or global index; both units are 0 on demand. Times in ms. */
export type StoredCapacity = {
  read: number;
  write: number;
  warmRead: number;
  warmWrite: number;
  decreasesToday: number;
  increasedAt?: number;
  decreasedAt?: number;
  onDemand?: OnDemandThroughput;
};

export type StoredLocalIndex = { name: string; keySchema: KeySchemaElement[]; projection: Projection };
export type StoredGlobalIndex = StoredLocalIndex & {
  capacity: StoredCapacity;
  creatingUntil: number;
  updatingUntil: number;
  deletingUntil?: number;
};

/** A table as kept. Statuses are not stored: they follow from these times (ms) and the clock, so a restart stops none. */
export type StoredTable = {
  account: string;
  region: string;
  name: string;
  arn: string;
  id: string;
  createdAt: number;
  creatingUntil: number;
  updatingUntil: number;
  deletingUntil?: number;
  attributeDefinitions: AttributeDefinition[];
  keySchema: KeySchemaElement[];
  billingMode: BillingMode;
  /** Set once the table has been on demand: only then does DynamoDB report a BillingModeSummary. */
  onDemandSince?: number;
  capacity: StoredCapacity;
  localIndexes: StoredLocalIndex[];
  globalIndexes: StoredGlobalIndex[];
  /** Stays with `enabled: false` after the stream is switched off. */
  stream?: { enabled: boolean; viewType: string; label: string };
  /** Absent: the AWS-owned key. `keyArn` null: on the way back to it. */
  encryption?: { keyArn: string | null; updatingUntil: number };
  tableClass?: string;
  tableClassChanges: number[];
  tableClassChangedAt?: number;
  deletionProtection: boolean;
  deletionProtectionChangedAt?: number;
  tags: Tag[];
  previousTags: Tag[];
  tagsChangedAt: number;
  timeToLive?: { attribute: string; enabled: boolean; changedAt: number; settlesAt: number };
  recovery?: { enabledAt: number; days: number };
};

export type TableStatus = "CREATING" | "UPDATING" | "DELETING" | "ACTIVE";

export function tableStatus(table: StoredTable, now: number): TableStatus {
  if (table.deletingUntil !== undefined) return "DELETING";
  if (now < table.creatingUntil) return "CREATING";
  return now < table.updatingUntil ? "UPDATING" : "ACTIVE";
}

export function indexStatus(index: StoredGlobalIndex, now: number): TableStatus {
  if (index.deletingUntil !== undefined) return "DELETING";
  if (now < index.creatingUntil) return "CREATING";
  return now < index.updatingUntil ? "UPDATING" : "ACTIVE";
}

type Scope = Pick<Caller, "account" | "region">;
const scopeKey = (scope: Scope) => `${scope.account}/${scope.region}`;
const tableKey = (scope: Scope, name: string) => `table/${scopeKey(scope)}/${name}`;
const counterKey = (scope: Scope, kind: string, name: string) => `counter/${kind}/${scopeKey(scope)}/${name}`;

/** With an index go the attribute definitions that only its keys used. */
function dropDeletedIndexes(table: StoredTable, now: number): void {
  table.globalIndexes = table.globalIndexes.filter(
    (index) => now < (index.deletingUntil ?? Number.POSITIVE_INFINITY),
  );
  const keySchemas = [table, ...table.localIndexes, ...table.globalIndexes].flatMap((part) => part.keySchema);
  const used = new Set(keySchemas.map((key) => key.AttributeName));
  table.attributeDefinitions = table.attributeDefinitions.filter((definition) =>
    used.has(definition.AttributeName),
  );
}

/** Every table of every account and region, kept in the journal. */
export type Tables = ReturnType<typeof openTables>;

export function openTables(journal: Journal) {
  const byScope = new Map<string, Map<string, StoredTable>>();
  const scoped = (scope: Scope) => {
    const key = scopeKey(scope);
    const tables = byScope.get(key) ?? new Map<string, StoredTable>();
    byScope.set(key, tables);
    return tables;
  };
  for (const [key, value] of journal.entries) {
    if (!key.startsWith("table/")) continue;
    const table = value as StoredTable;
    scoped(table).set(table.name, table);
  }
  const remove = (table: StoredTable) => {
    scoped(table).delete(table.name);
    journal.set(tableKey(table, table.name), undefined);
  };
  /** Lets go of what has finished deleting. */
  const living = (table: StoredTable | undefined, now: number): StoredTable | undefined => {
    if (table?.deletingUntil !== undefined && now >= table.deletingUntil) {
      remove(table);
      return undefined;
    }
    if (table?.globalIndexes.some((index) => now >= (index.deletingUntil ?? Number.POSITIVE_INFINITY)))
      dropDeletedIndexes(table, now);
    return table;
  };
  return {
    find: (caller: Caller, name: string) => living(scoped(caller).get(name), caller.now),
    /** The tables of the caller's account and region, unordered. */
    list: (caller: Caller) => [...scoped(caller).values()].filter((table) => living(table, caller.now)),
    /** Every table of all accounts and regions, for assertions. */
    all: (now: number) =>
      [...byScope.values()].flatMap((tables) =>
        [...tables.values()].filter((table) => living(table, now) !== undefined),
      ),
    save(table: StoredTable): void {
      scoped(table).set(table.name, table);
      journal.set(tableKey(table, table.name), table);
    },
    /** Counts up and returns the count before; outlives the table and restarts. */
    countUp(scope: Scope, kind: string, name: string): number {
      const key = counterKey(scope, kind, name);
      const count = (journal.entries.get(key) as number | undefined) ?? 0;
      journal.set(key, count + 1);
      return count;
    },
    countOf: (scope: Scope, kind: string, name: string) =>
      (journal.entries.get(counterKey(scope, kind, name)) as number | undefined) ?? 0,
  };
}

/**
 * The table a request names.
 * @throws ServiceError ResourceNotFoundException, or what resolveTableName throws
 */
export function requireTable(tables: Tables, caller: Caller, input: OnTable): StoredTable {
  const name = resolveTableName(caller, input.TableName);
  const table = tables.find(caller, name);
  if (!table) throw tableNotFound(name);
  return table;
}

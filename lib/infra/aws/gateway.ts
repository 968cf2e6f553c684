import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  ResourceNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { DeletionCall } from "#lib/provisioning/deletion-plan.ts";
import type { Facet, Observed, ObservedTable } from "#lib/provisioning/observed.ts";
import type { PlannedCall } from "#lib/provisioning/plan.ts";
import { type Clients, clientsFor, forgetClients, type Target } from "./client.ts";
import { type ApiCall, classifyFailure, credentialsExpired, UnexpectedAnswer } from "./failure.ts";
import { observedBackups, observedTable, observedTtl } from "./observed-table.ts";

/**
 * Wraps every call: it must call `send` once (or not at all, by throwing) and pass on what comes of it. For
 * metrics, limiters and failpoints. `table` is a name, or null where the call is about none.
 */
export type CallHook = <Answer>(
  call: { operation: ApiCall; table: string | null },
  send: () => Promise<Answer>,
) => Promise<Answer>;

/** The control plane of one account and region. Every method throws what the SDK throws; see `classifyFailure`. */
export type DynamoGateway = {
  /** DescribeTable alone: TTL, backups and tags are null. */
  describeTable(name: string): Promise<Observed>;
  describeTimeToLive(name: string): Promise<NonNullable<ObservedTable["ttl"]>>;
  describeContinuousBackups(name: string): Promise<NonNullable<ObservedTable["backups"]>>;
  /** The names of all tables of the account and region, whoever made them. */
  listTables(): Promise<string[]>;
  /** All pages, as a map. */
  listTags(arn: string): Promise<Record<string, string>>;
  /**
   * DescribeTable, and with `deep`, once the table is ACTIVE, also TTL, backups and tags save those in `skip`. Where
   * an endpoint cannot answer one of them it is in `unsupportedReads`; on AWS that throws.
   */
  observe(name: string, options: { deep: boolean; skip: readonly Facet[] }): Promise<Observed>;
  /** Sends the call as planned. Answers the table that CreateTable describes, and null for the other calls. */
  run(call: PlannedCall | DeletionCall): Promise<ObservedTable | null>;
  /**
   * Gets credentials if there are none yet, and asks STS whether they are of the configured account. Throws WrongAccount
   * if not. Every other call makes sure of it too; with an endpoint there is nothing to ask.
   */
  checkAccount(): Promise<void>;
};

/** The gateway to a target. Opens no connection by itself; clients and credentials are kept between calls. */
export function connect(target: Target, options: { onCall?: CallHook } = {}): DynamoGateway {
  const call = caller(target, options.onCall ?? ((_call, send) => send()));
  const reads = readers(call);
  return {
    ...reads,
    observe: (name, wanted) => observe(reads, target, name, wanted),
    run: (planned) => runPlanned(call, planned),
    checkAccount: () => withCredentials(target, async () => {}),
  };
}

type Caller = <Answer>(
  operation: ApiCall,
  table: string | null,
  send: (clients: Clients) => Promise<Answer>,
) => Promise<Answer>;

/**
 * One way out for all calls: through the hook. Credentials that need renewal are renewed before the hook is asked, so
 * that what it allows is sent at once.
 */
function caller(target: Target, onCall: CallHook): Caller {
  return (operation, table, send) =>
    withCredentials(target, (clients) => onCall({ operation, table }, () => send(clients)));
}

/** Runs `use` once credentials of the right account are there, and gets fresh ones next time if these have expired. */
async function withCredentials<Answer>(
  target: Target,
  use: (clients: Clients) => Promise<Answer>,
): Promise<Answer> {
  const clients = clientsFor(target);
  try {
    await clients.dynamodb.config.credentials();
    return await use(clients);
  } catch (error) {
    if (credentialsExpired(error)) forgetClients(target, clients);
    throw error;
  }
}

type Readers = Pick<
  DynamoGateway,
  "describeTable" | "describeTimeToLive" | "describeContinuousBackups" | "listTags" | "listTables"
>;

function readers(call: Caller): Readers {
  return {
    describeTable: (name) => describeTable(call, name),
    async describeTimeToLive(name) {
      const { TimeToLiveDescription: ttl } = await call("DescribeTimeToLive", name, ({ dynamodb }) =>
        dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name })),
      );
      if (!ttl) throw new UnexpectedAnswer("DescribeTimeToLive", "TimeToLiveDescription");
      return observedTtl(ttl);
    },
    async describeContinuousBackups(name) {
      const { ContinuousBackupsDescription: backups } = await call(
        "DescribeContinuousBackups",
        name,
        ({ dynamodb }) => dynamodb.send(new DescribeContinuousBackupsCommand({ TableName: name })),
      );
      if (!backups) throw new UnexpectedAnswer("DescribeContinuousBackups", "ContinuousBackupsDescription");
      return observedBackups(backups);
    },
    listTags: (arn) => listTags(call, arn),
    listTables: () => listTables(call),
  };
}

async function describeTable(call: Caller, name: string): Promise<Observed> {
  try {
    const { Table: table } = await call("DescribeTable", name, ({ dynamodb }) =>
      dynamodb.send(new DescribeTableCommand({ TableName: name })),
    );
    if (!table) throw new UnexpectedAnswer("DescribeTable", "Table");
    return observedTable(table);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { exists: false };
    throw error;
  }
}

async function listTags(call: Caller, arn: string): Promise<Record<string, string>> {
  const tags: [string, string][] = [];
  const name = arn.split("table/")[1] ?? null;
  let page: string | undefined;
  do {
    const answer = await call("ListTagsOfResource", name, ({ dynamodb }) =>
      dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arn, NextToken: page })),
    );
    if (!answer.Tags) throw new UnexpectedAnswer("ListTagsOfResource", "Tags");
    for (const { Key, Value } of answer.Tags) if (Key !== undefined) tags.push([Key, Value ?? ""]);
    page = answer.NextToken || undefined;
  } while (page !== undefined);
  return Object.fromEntries(tags);
}

async function listTables(call: Caller): Promise<string[]> {
  const names: string[] = [];
  let last: string | undefined;
  do {
    const answer = await call("ListTables", null, ({ dynamodb }) =>
      dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName: last })),
    );
    if (!answer.TableNames) throw new UnexpectedAnswer("ListTables", "TableNames");
    names.push(...answer.TableNames);
    last = answer.LastEvaluatedTableName;
  } while (last !== undefined);
  return names;
}

async function observe(
  reads: Readers,
  target: Target,
  name: string,
  { deep, skip }: { deep: boolean; skip: readonly Facet[] },
): Promise<Observed> {
  const table = await reads.describeTable(name);
  if (!table.exists || !deep || table.tableStatus !== "ACTIVE") return table;
  const unsupportedReads: Facet[] = [];
  const readFacet = async <Answer>(
    facet: Facet,
    call: ApiCall,
    read: () => Promise<Answer>,
  ): Promise<Answer | null> => {
    if (skip.includes(facet)) return null;
    try {
      return await read();
    } catch (error) {
      const { kind } = classifyFailure(error, { call, endpoint: target.endpoint !== null });
      if (kind !== "unsupported") throw error;
      unsupportedReads.push(facet);
      return null;
    }
  };
  const { arn } = table;
  const [ttl, backups, tags] = await Promise.all([
    readFacet("ttl", "DescribeTimeToLive", () => reads.describeTimeToLive(name)),
    readFacet("point_in_time_recovery", "DescribeContinuousBackups", () =>
      reads.describeContinuousBackups(name),
    ),
    arn === null ? null : readFacet("tags", "ListTagsOfResource", () => reads.listTags(arn)),
  ]);
  return { ...table, ttl, backups, tags, unsupportedReads: unsupportedReads.sort() };
}

async function runPlanned(call: Caller, planned: PlannedCall | DeletionCall): Promise<ObservedTable | null> {
  const table = planned.input.TableName;
  switch (planned.call) {
    case "CreateTable": {
      const answer = await call("CreateTable", table, ({ dynamodb }) =>
        dynamodb.send(new CreateTableCommand(planned.input)),
      );
      return answer.TableDescription ? observedTable(answer.TableDescription) : null;
    }
    case "UpdateTimeToLive":
      await call("UpdateTimeToLive", table, ({ dynamodb }) =>
        dynamodb.send(new UpdateTimeToLiveCommand(planned.input)),
      );
      return null;
    case "UpdateContinuousBackups":
      await call("UpdateContinuousBackups", table, ({ dynamodb }) =>
        dynamodb.send(new UpdateContinuousBackupsCommand(planned.input)),
      );
      return null;
    case "UpdateTable":
      await call("UpdateTable", table, ({ dynamodb }) =>
        dynamodb.send(new UpdateTableCommand(planned.input)),
      );
      return null;
    case "DeleteTable":
      await call("DeleteTable", table, ({ dynamodb }) =>
        dynamodb.send(new DeleteTableCommand(planned.input)),
      );
      return null;
  }
}

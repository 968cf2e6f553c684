import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";
import type { UserActor } from "#lib/core/actor.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import type { TableSpecInput } from "#lib/table-spec/schema.ts";
import { type RunningWorker, startWorker } from "#lib/worker/start.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { requestIn } from "../scenario.fixture.ts";
import { type EmulatorKind, plainClient, type RunningEmulator, startEmulator } from "./emulator.fixture.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.fixture.ts";

type Tables = Record<string, TableSpecInput>;

/** Nothing but `endpoint:` leads to the emulator; `faulty` reaches it through a proxy that loses answers. */
const configOf = (direct: string, faulty: string) => `
name: Emulator
projects: { shop: { developers: [shop-devs] } }
environments:
  dev: { account: "000000000000", region: us-east-1, endpoint: "${direct}", tags: { CostCenter: "1234" } }
  faulty: { account: "000000000000", region: us-east-1, endpoint: "${faulty}" }
approvals: [{ id: default, require: [{ group: platform, count: 1 }] }]
`;

/** Called inside a suite: an emulator, a configuration that names it, and a worker. */
export function useEmulator(kind: EmulatorKind) {
  let folder = "";
  const running = {} as {
    emulator: RunningEmulator;
    proxy: FaultProxy;
    worker: RunningWorker;
    stranger: DynamoDBClient;
    dana: UserActor;
    pat: UserActor;
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "tablewright-emulator-"));
    running.emulator = await startEmulator(kind);
    running.proxy = await startFaultProxy(running.emulator.url);
    running.stranger = plainClient(running.emulator.url);
    process.env.TABLEWRIGHT_CONFIG = path.join(folder, "tablewright.yaml");
    writeFileSync(process.env.TABLEWRIGHT_CONFIG, configOf(running.emulator.url, running.proxy.url));
    running.dana = await makeActor("shop-devs");
    running.pat = await makeActor("platform");
    running.worker = await startWorker({ owner: `test-${randomUUID()}` });
  }, 120_000);

  afterAll(async () => {
    await running.worker?.stop();
    running.stranger?.destroy();
    await running.proxy?.close();
    await running.emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Asks for the tables, has them approved by one of the platform group, and waits for the end: less than
   * the minute for which tags may read empty, as no emulator here drops them in silence.
   */
  async function provision(tables: Tables, environment = "dev"): Promise<RequestView> {
    const id = await makeRequest(running.dana, { environment, tables });
    await approveRequest(running.pat, { id, version: 1 });
    return requestIn(running.dana, id, ["completed", "failed"], 50);
  }

  return { running, provision };
}

/** The Terraform module's example of several tables, with what its other two examples add. */
export const moduleExample: Tables = {
  "user-data": {
    partition_key: "user_id",
    type: "key-value",
    attribute_types: { user_id: "S" },
    enable_point_in_time_recovery: true,
  },
  events: {
    partition_key: "event_type",
    sort_key: "timestamp",
    type: "time-series",
    attribute_types: { event_type: "S", timestamp: "N" },
    enable_ttl: true,
    ttl_attribute: "ttl",
    enable_stream: true,
  },
  sessions: { partition_key: "session_id", type: "key-value", enable_ttl: true, ttl_attribute: "expires_at" },
};

/** A table with everything a creation can carry. */
export const richTable: TableSpecInput = {
  partition_key: "customer",
  sort_key: "at",
  attribute_types: { customer: "S", at: "N", status: "S", region: "B" },
  type: "time-series",
  enable_ttl: true,
  ttl_attribute: "expires",
  enable_point_in_time_recovery: true,
  point_in_time_recovery_days: 14,
  enable_stream: true,
  stream_view_type: "KEYS_ONLY",
  purpose: "Orders of customers",
  max_read_request_units: 4_000,
  max_write_request_units: 1_000,
  deletion_protection: true,
  table_class: "STANDARD_INFREQUENT_ACCESS",
  global_secondary_indexes: {
    "by-status": { partition_key: "status", sort_key: "at", projection_type: "KEYS_ONLY" },
    "by-region": {
      partition_key: "region",
      projection_type: "INCLUDE",
      non_key_attributes: ["total", "currency"],
    },
  },
  local_secondary_indexes: { "by-customer-status": { sort_key: "status", projection_type: "ALL" } },
  tags: { Team: "orders" },
};

/** A table with capacity bought beforehand, an index's too. */
export const provisionedTable: TableSpecInput = {
  partition_key: "id",
  billing_mode: "PROVISIONED",
  read_capacity: 7,
  write_capacity: 3,
  global_secondary_indexes: {
    "by-owner": { partition_key: "owner", read_capacity: 5, write_capacity: 2 },
  },
};

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";

/** The same small table with each kind of key there is. */
export const encryptedTables: Tables = {
  owned: { partition_key: "id", encryption: "aws_owned" },
  managed: { partition_key: "id" },
  "customer-id": { partition_key: "id", kms_key_id: keyId },
  "customer-arn": { partition_key: "id", kms_key_id: `arn:aws:kms:us-east-1:000000000000:key/${keyId}` },
  "customer-alias": { partition_key: "id", kms_key_id: "alias/orders" },
  "customer-alias-arn": {
    partition_key: "id",
    kms_key_id: "arn:aws:kms:us-east-1:000000000000:alias/orders",
  },
};

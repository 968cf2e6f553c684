import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { targetOf } from "#lib/environments/target.ts";
import { connect } from "#lib/infra/aws/gateway.ts";
import { getConfig } from "#lib/infra/config.ts";
import { db } from "#lib/infra/db.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { specArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { makeActor, makeRequest } from "#prisma/factories.ts";
import { useTestConfig } from "#prisma/test-config.ts";
import { useTestDatabase } from "#prisma/test-database.ts";
import { unmet } from "./completion.ts";
import { mismatches } from "./mismatches.ts";
import { plan } from "./plan.ts";
import { requestIn, useWorker } from "./scenario.fixture.ts";
import { desiredOf } from "./target-guard.ts";

useTestConfig();
useTestDatabase();
const running = useWorker();

const seed = 20_260_302;
const count = 100;

/** Keys of the region in which these tables are made; the others no DynamoDB would take here. */
const here = (key: string | null) => key?.replace(/^arn:[^:]+:kms:[^:]+:/, "arn:aws:kms:us-east-1:") ?? null;

/** An account may have 40,000 for one table, unless AWS has raised that. */
const withinQuota = (units: number | null) => units && Math.min(units, 40_000);

describe(`${count} tables of every option there is (fast-check seed ${seed})`, () => {
  it("become active, and planning again finds nothing left to do", { timeout: 120_000 }, async () => {
    const specs = fc.sample(specArbitrary, { numRuns: count, seed }).map((spec) => ({
      ...spec,
      kms_key_id: here(spec.kms_key_id),
      max_read_request_units: withinQuota(spec.max_read_request_units),
      max_write_request_units: withinQuota(spec.max_write_request_units),
    }));
    const tables = Object.fromEntries(specs.map((spec, index) => [`any-${index}`, spec]));
    const id = await makeRequest(running.dana, { environment: "stage", tables });
    await approveRequest(await makeActor("platform"), { id, version: 1 });
    const request = await requestIn(running.dana, id, ["completed", "failed"], 90);
    expect(request.tables.filter(({ state }) => state !== "active")).toEqual([]);
    expect(request.state).toBe("completed");

    const config = getConfig();
    const environment = config.environments.find((one) => one.name === "stage")!;
    const gateway = connect({
      endpoint: targetOf(environment, { sandboxUrl: running.sandbox.url }),
      account: environment.account,
      region: environment.region,
      roleArn: null,
      externalId: null,
    });
    const operations = await db().operation.findMany({ where: { requestId: id }, include: { table: true } });
    expect(operations).toHaveLength(count);
    for (const operation of operations) {
      const desired = desiredOf(operation as never, environment, config);
      const observed = await gateway.observe(operation.table.name, { deep: true, skip: [] });
      if (!observed.exists) throw new Error(`${operation.table.name} is gone`);
      expect(plan(desired, observed), JSON.stringify(desired.spec)).toEqual([]);
      expect(mismatches(desired, observed)).toEqual([]);
      expect(unmet(desired, observed)).toEqual([]);
      expect(observed.tags).toEqual(desired.tags);
      expect(operation.table.unsupported).toEqual([]);
    }
  });
});

it("says at once that a table asks for more than its account may have", async () => {
  const tables = { "over-quota": { partition_key: "id", max_read_request_units: 40_001 } };
  const id = await makeRequest(running.dana, { environment: "dev", tables });
  const request = await requestIn(running.dana, id, ["completed", "failed"]);
  expect(request.state).toBe("failed");
  expect(request.tables[0]!.problem).toMatch(/MaxReadRequestUnits .*exceeds.*\n.*raise the quota/);
});

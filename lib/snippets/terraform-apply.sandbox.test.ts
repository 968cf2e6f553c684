import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import type { SnippetTable } from "./snippet.ts";
import { providerMissing, sandboxProvider, TerraformRoot, withReason } from "./terraform.fixture.ts";
import { terraformSnippet } from "./terraform.ts";
import { observedFacts, provisionedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const place = { project: "shop", environment: "dev", account: "111111111111", region: "eu-west-1" };

const everything = tableSpecSchema.parse({
  partition_key: "order",
  sort_key: "at",
  attribute_types: { at: "N" },
  type: "time-series",
  enable_ttl: true,
  ttl_attribute: "%{if true}",
  enable_point_in_time_recovery: true,
  point_in_time_recovery_days: 7,
  enable_stream: true,
  stream_view_type: "KEYS_ONLY",
  kms_key_id: "alias/orders",
  max_write_request_units: 9,
  table_class: "STANDARD_INFREQUENT_ACCESS",
  global_secondary_indexes: {
    "by-state": { partition_key: "state", projection_type: "INCLUDE", non_key_attributes: ["z", "b"] },
  },
  local_secondary_indexes: {
    "by-sum": { sort_key: "sum", projection_type: "INCLUDE", non_key_attributes: ["y", "d"] },
  },
  tags: { Team: "checkout" },
});

describe.skipIf(providerMissing)(
  withReason("exported resources in an account without tables", providerMissing),
  () => {
    let provisioned: Sandbox;
    let empty: Sandbox;
    let root: TerraformRoot;
    let tables: SnippetTable[];

    beforeAll(async () => {
      provisioned = await startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });
      empty = await startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });
      const specs = [
        everything,
        ...sampleSpecs(5, 7).map((spec) => ({ ...spec, deletion_protection: false })),
      ];
      tables = await Promise.all(
        specs.map((spec, at) =>
          provisionedTable({ ...place, endpoint: provisioned.url }, `table-${at}`, spec),
        ),
      );
      root = new TerraformRoot({ "provider.tf": sandboxProvider(empty.url, place.account, place.region) });
      for (const { filename, content } of terraformSnippet(tables).files)
        root.write(filename, content.replace(/^import \{[^}]*\}\n\n/m, ""));
      await root.succeed(["init", "-input=false"]);
    });
    afterAll(async () => {
      root?.remove();
      await Promise.all([provisioned?.close(), empty?.close()]);
    });

    test("make the same tables with terraform apply, which then has nothing to change, and destroy leaves none", async () => {
      await root.succeed(["apply", "-auto-approve", "-parallelism=20"]);
      const factsOf = ({ url }: Sandbox, name: string) => observedFacts({ ...place, endpoint: url }, name);
      for (const { name } of tables)
        expect(await factsOf(empty, name)).toEqual(await factsOf(provisioned, name));
      expect((await root.run(["plan", "-detailed-exitcode", "-parallelism=20"])).code).toBe(0);
      await root.succeed(["destroy", "-auto-approve", "-parallelism=20"]);
      expect(empty.tables()).toEqual([]);
    }, 120_000);
  },
);

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import type { SnippetTable } from "./snippet.ts";
import { providerMissing, sandboxProvider, TerraformRoot, withReason } from "./terraform.fixture.ts";
import { terraformSnippet } from "./terraform.ts";
import { provisionedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const seed = 20_260_301;
const place = { project: "shop", environment: "dev", account: "111111111111", region: "eu-west-1" };

type Change = { actions: string[]; before: unknown; after: unknown; importing?: { id: string } };
type Plan = {
  resource_changes: { address: string; change: Change }[];
  resource_drift?: unknown[];
  output_changes: Record<string, { after: { name: string; arn: string; stream_arn: string | null } }>;
};

describe.skipIf(providerMissing)(
  withReason(`300 provisioned tables, taken over with Terraform (fast-check seed ${seed})`, providerMissing),
  () => {
    let sandbox: Sandbox;
    let root: TerraformRoot;
    let tables: SnippetTable[];

    beforeAll(async () => {
      sandbox = await startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });
      tables = await Promise.all(
        sampleSpecs(300, seed).map((spec, at) =>
          provisionedTable({ ...place, endpoint: sandbox.url }, `table-${at}`, spec),
        ),
      );
      root = new TerraformRoot({ "provider.tf": sandboxProvider(sandbox.url, place.account, place.region) });
      for (const { filename, content } of terraformSnippet(tables).files) root.write(filename, content);
      await root.succeed(["init", "-input=false"]);
    });
    afterAll(async () => {
      root?.remove();
      await sandbox?.close();
    });

    test("try every option, customer keys and indexes among them", () => {
      const tried = (holds: (table: SnippetTable) => boolean) => tables.filter(holds).length;
      expect(tables).toHaveLength(300);
      for (const type of ["aws_managed", "aws_owned", "customer_managed"] as const)
        expect(tried(({ spec }) => spec.encryption === type)).toBeGreaterThan(10);
      expect(tried(({ spec }) => Object.keys(spec.global_secondary_indexes).length > 1)).toBeGreaterThan(10);
      expect(tried(({ spec }) => Object.keys(spec.local_secondary_indexes).length > 1)).toBeGreaterThan(10);
      expect(tried(({ spec }) => Object.keys(spec.tags).length > 1)).toBeGreaterThan(10);
      expect(tried(({ spec }) => spec.max_read_request_units !== null)).toBeGreaterThan(10);
      for (const flag of [
        "enable_ttl",
        "enable_stream",
        "enable_point_in_time_recovery",
        "deletion_protection",
      ] as const)
        expect(tried(({ spec }) => spec[flag])).toBeGreaterThan(10);
    });

    test("leave nothing to warn of", () => {
      expect(terraformSnippet(tables).warnings).toEqual([]);
    });

    test("are valid and formatted as terraform fmt formats", async () => {
      expect(await root.succeed(["fmt", "-check"])).toBe("");
      await root.succeed(["validate"]);
    });

    test("are planned as pure imports: no attribute of any table changes, now or after they are applied", async () => {
      await root.succeed(["plan", "-input=false", "-parallelism=50", "-out=taken-over"]);
      const plan = JSON.parse(await root.succeed(["show", "-json", "taken-over"])) as Plan;
      const changes = plan.resource_changes.map(({ change }) => change);
      expect(changes.filter(({ actions }) => actions.join() !== "no-op")).toEqual([]);
      expect(changes.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))).toEqual(
        [],
      );
      expect(changes.map(({ importing }) => importing?.id).sort()).toEqual(
        tables.map(({ name }) => name).sort(),
      );
      expect(plan.resource_drift ?? []).toEqual([]);
      const outputs = Object.values(plan.output_changes).map(({ after }) => after);
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(outputs.sort(byName)).toEqual(
        tables.map(({ name, arn, streamArn }) => ({ name, arn, stream_arn: streamArn })).sort(byName),
      );
      await root.succeed(["apply", "-parallelism=50", "taken-over"]);
      expect((await root.run(["plan", "-detailed-exitcode", "-refresh=false"])).code).toBe(0);
      expect(sandbox.calls.filter(({ operation }) => /^(Tag|Untag|Delete)/.test(operation))).toEqual([]);
    }, 120_000);
  },
);

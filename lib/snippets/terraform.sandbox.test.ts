import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { snakeLabel } from "./label.ts";
import type { SnippetFile, SnippetTable } from "./snippet.ts";
import { providerMissing, sandboxProvider, TerraformRoot, withReason } from "./terraform.fixture.ts";
import { terraformSnippet } from "./terraform.ts";
import { observedFacts, provisionedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const seed = 20_260_301;
const place = { project: "shop", environment: "dev", account: "111111111111", region: "eu-west-1" };

/** A line of `terraform plan -json`. */
type PlanLine = {
  type: string;
  change?: { action: string; importing?: { id: string } };
  changes?: { add: number; change: number; import: number; remove: number };
};

/** Side by side, because Terraform waits more than it works. */
const concurrent = { concurrent: true, skip: providerMissing !== null };

const roots: TerraformRoot[] = [];
afterAll(() => {
  for (const root of roots) root.remove();
});

/** A folder with the files and a provider for a sandbox, ready to plan. */
async function rootWith(files: readonly SnippetFile[], { url }: Sandbox): Promise<TerraformRoot> {
  const root = new TerraformRoot({
    "provider.tf": sandboxProvider(url, place.account, place.region),
    ...Object.fromEntries(files.map(({ filename, content }) => [filename, content])),
  });
  roots.push(root);
  await root.succeed(["init", "-input=false"]);
  return root;
}

const quickSandbox = () => startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });

/** One after the other, so that no call waits long for its answer on a busy machine. */
async function provision(specs: readonly TableSpec[], { url }: Sandbox): Promise<SnippetTable[]> {
  const tables: SnippetTable[] = [];
  for (const [at, spec] of specs.entries())
    tables.push(await provisionedTable({ ...place, endpoint: url }, `table-${at}`, spec));
  return tables;
}

describe(
  withReason(`300 provisioned tables, taken over with Terraform (fast-check seed ${seed})`, providerMissing),
  concurrent,
  () => {
    const specs = sampleSpecs(300, seed);
    let sandbox: Sandbox;
    let root: TerraformRoot;
    let tables: SnippetTable[];

    beforeAll(async () => {
      sandbox = await quickSandbox();
      tables = await provision(specs, sandbox);
      root = await rootWith(terraformSnippet(tables).files, sandbox);
    });
    afterAll(() => sandbox?.close());

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
    }, 120_000);

    test("are planned as pure imports: no attribute of any table changes", async () => {
      const printed = await root.succeed(["plan", "-json", "-input=false", "-parallelism=50"]);
      const lines = printed
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as PlanLine);
      expect(lines.find(({ type }) => type === "change_summary")?.changes).toMatchObject({
        import: 300,
        add: 0,
        change: 0,
        remove: 0,
      });
      const planned = lines.filter(({ type }) => type === "planned_change").map(({ change }) => change);
      expect(new Set(planned.map((change) => change?.action))).toEqual(new Set(["import"]));
      expect(planned.map((change) => change?.importing?.id).sort()).toEqual(
        tables.map(({ name }) => name).sort(),
      );
      expect(lines.filter(({ type }) => type === "resource_drift")).toEqual([]);
    }, 120_000);
  },
);

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

describe(withReason("exported resources, applied with Terraform", providerMissing), concurrent, () => {
  const others = sampleSpecs(5, 7).map((spec) => ({ ...spec, deletion_protection: false }));
  let provisioned: Sandbox;
  let tables: SnippetTable[];

  beforeAll(async () => {
    provisioned = await quickSandbox();
    tables = await provision([everything, ...others], provisioned);
  });
  afterAll(() => provisioned?.close());

  test("make the same tables in an empty account, and destroy leaves none", async ({ onTestFinished }) => {
    const empty = await quickSandbox();
    onTestFinished(() => empty.close());
    const files = terraformSnippet(tables).files.map(({ filename, content }) => ({
      filename,
      content: content.replace(/^import \{[^}]*\}\n\n/m, ""),
    }));
    const root = await rootWith(files, empty);
    await root.succeed(["apply", "-auto-approve"]);
    const factsOf = ({ url }: Sandbox, name: string) => observedFacts({ ...place, endpoint: url }, name);
    for (const { name } of tables)
      expect(await factsOf(empty, name)).toEqual(await factsOf(provisioned, name));
    await root.succeed(["destroy", "-auto-approve"]);
    expect(empty.tables()).toEqual([]);
  }, 120_000);

  test("take tables over without a write, then have nothing to change, and put out what was observed", async () => {
    const before = provisioned.tables();
    const root = await rootWith(terraformSnippet(tables).files, provisioned);
    await root.succeed(["apply", "-auto-approve"]);
    expect((await root.run(["plan", "-detailed-exitcode"])).code).toBe(0);
    expect(provisioned.tables()).toEqual(before);
    const outputs = JSON.parse(await root.succeed(["output", "-json"])) as Record<string, { value: unknown }>;
    for (const { name, arn, streamArn } of tables)
      expect(outputs[snakeLabel(name)]?.value).toEqual({ name, arn, stream_arn: streamArn });
  }, 120_000);
});

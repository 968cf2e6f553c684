import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "#lib/sandbox/server.ts";
import { type TableSpec, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { providerMissing, sandboxProvider, TerraformRoot, withReason } from "./terraform.fixture.ts";
import { moduleMain, moduleVariables } from "./terraform-module.fixture.ts";
import { terraformModuleSnippet } from "./terraform-module.ts";
import { observedFacts, provisionedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const place = { project: "shop", environment: "dev", account: "111111111111", region: "eu-west-1" };

/** The spec with only what the module's tables can be. */
function sayable(spec: TableSpec): TableSpec {
  const keys = new Set([spec.partition_key, spec.sort_key]);
  const { type, enable_ttl, ttl_attribute, enable_stream, stream_view_type, purpose } = spec;
  const typed = Object.entries(spec.attribute_types).filter(([name]) => keys.has(name));
  return tableSpecSchema.parse({
    partition_key: spec.partition_key,
    sort_key: spec.sort_key,
    attribute_types: Object.fromEntries(typed),
    enable_point_in_time_recovery: spec.enable_point_in_time_recovery,
    ...{ type, enable_ttl, ttl_attribute, enable_stream, stream_view_type, purpose },
  });
}

describe(withReason("the module called as exported", providerMissing), {
  skip: providerMissing !== null,
}, () => {
  let provisioned: Sandbox;
  let empty: Sandbox;
  let root: TerraformRoot;

  beforeAll(async () => {
    provisioned = await startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });
    empty = await startSandbox({ creatingSeconds: 0, ttlSeconds: 0 });
    root = new TerraformRoot({
      "provider.tf": sandboxProvider(empty.url, place.account, place.region),
      "../modules/dynamodb/main.tf": moduleMain,
      "../modules/dynamodb/variables.tf": moduleVariables,
    });
  });
  afterAll(async () => {
    root?.remove();
    await provisioned?.close();
    await empty?.close();
  });

  test("makes the tables this portal made, save the two tags that name their maker", async () => {
    const tables = [];
    for (const [at, spec] of sampleSpecs(10, 8).map(sayable).entries())
      tables.push(await provisionedTable({ ...place, endpoint: provisioned.url }, `table-${at}`, spec));
    const { files, warnings } = terraformModuleSnippet(tables);
    expect(warnings).toEqual([]);
    for (const { filename, content } of files) root.write(filename, content);
    await root.succeed(["init", "-input=false"]);
    await root.succeed(["apply", "-auto-approve"]);
    for (const { name } of tables) {
      const { tags, ...made } = await observedFacts({ ...place, endpoint: empty.url }, name);
      const { tags: asked, ...wanted } = await observedFacts({ ...place, endpoint: provisioned.url }, name);
      expect(made).toEqual(wanted);
      const { ManagedBy, "tablewright:table-id": id, ...others } = asked ?? {};
      expect([ManagedBy, id, tags]).toEqual(["Tablewright", expect.any(String), others]);
    }
  }, 300_000);
});

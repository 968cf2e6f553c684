import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHcl } from "#lib/infra/hcl.ts";
import { scanHcl } from "#lib/infra/hcl-scan.ts";
import { hostileSpecArbitrary } from "#lib/snippets/hostile.arbitrary.ts";
import type { Snippet, SnippetTable } from "#lib/snippets/snippet.ts";
import { terraformSnippet } from "#lib/snippets/terraform.ts";
import { terraformModuleSnippet } from "#lib/snippets/terraform-module.ts";
import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { tablesArbitrary } from "#lib/table-spec/spec.arbitrary.ts";
import { composeTags } from "#lib/table-spec/tags.ts";
import type { Platform } from "./table-name.ts";
import { importFromTerraform } from "./terraform-import.ts";

type Tables = Record<string, TableSpec>;

const platform: Platform = {
  pattern: "{project}-{environment}-{key}",
  projects: ["shop", "billing"],
  environments: ["dev", "prod"],
  tags: { Owner: "platform-team" },
  environmentTags: { dev: { CostCenter: "1234" } },
};

function exported([key, spec]: [string, TableSpec]): SnippetTable {
  const place = { project: "shop", environment: "dev" };
  const name = `shop-dev-${key}`;
  const { tags, environmentTags } = platform;
  const tagSources = { configTags: tags, environmentTags: environmentTags.dev ?? {}, tableId: "id" };
  const customerKey = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  return {
    ...place,
    key,
    name,
    spec,
    account: "111111111111",
    region: "eu-west-1",
    endpoint: null,
    tags: composeTags({ spec, ...place, ...tagSources, name }),
    arn: `arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`,
    streamArn: null,
    kmsKeyArn: spec.encryption === "customer_managed" ? customerKey : null,
    unsupported: [],
  };
}

async function read({ files }: Snippet) {
  const text = files.map(({ content }) => content).join("\n");
  const parsed = await parseHcl(text);
  if (parsed.kind !== "parsed") return expect.unreachable(JSON.stringify(parsed));
  return importFromTerraform(parsed.value, scanHcl(text).repeated, platform);
}

/** HCL reads every text in Unicode's normal form C. */
const sayable = (tables: Tables) => JSON.stringify(tables) === JSON.stringify(tables).normalize("NFC");

const hostileTables = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/), hostileSpecArbitrary, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
const anyTables: fc.Arbitrary<Tables> = fc
  .oneof({ weight: 3, arbitrary: tablesArbitrary }, { weight: 1, arbitrary: hostileTables })
  .filter(sayable);

test("1,000 maps of tables come back from the module's form as the same specs", async () => {
  await fc.assert(
    fc.asyncProperty(anyTables, async (tables) => {
      const back = await read(terraformModuleSnippet(Object.entries(tables).map(exported)));
      expect(back.tables).toEqual(tables);
      expect(back.warnings.map(({ path }) => path)).toEqual([
        "module.dynamodb.project_name",
        "module.dynamodb.environment",
      ]);
    }),
    { numRuns: 1000 },
  );
}, 300_000);

type Indexes = Record<string, { non_key_attributes: string[] | null }>;

/** Terraform keeps these lists as sets, so they are written in order. */
const inOrder = <T extends Indexes>(indexes: T): T =>
  Object.fromEntries(
    Object.entries(indexes).map(([name, index]) => [
      name,
      { ...index, non_key_attributes: index.non_key_attributes?.toSorted() ?? null },
    ]),
  ) as T;

/** The spec as far as resources say it: no options of features that are off, every key typed, the key's ARN. */
function asResource(spec: TableSpec, kmsKeyArn: string | null): TableSpec {
  const types = keyAttributes(spec).map((name) => [name, attributeType(spec, name)]);
  return {
    ...spec,
    attribute_types: Object.fromEntries(types),
    ttl_attribute: spec.enable_ttl ? spec.ttl_attribute : "ttl",
    stream_view_type: spec.enable_stream ? spec.stream_view_type : "NEW_AND_OLD_IMAGES",
    point_in_time_recovery_days: spec.enable_point_in_time_recovery ? spec.point_in_time_recovery_days : 35,
    kms_key_id: kmsKeyArn,
    global_secondary_indexes: inOrder(spec.global_secondary_indexes),
    local_secondary_indexes: inOrder(spec.local_secondary_indexes),
  };
}

test("tables come back from resources as the same specs, as far as resources say them", async () => {
  await fc.assert(
    fc.asyncProperty(anyTables, async (tables) => {
      const snippetTables = Object.entries(tables).map(exported);
      const back = await read(terraformSnippet(snippetTables));
      expect(back.tables).toEqual(
        Object.fromEntries(
          snippetTables.map(({ key, spec, kmsKeyArn }) => [key, asResource(spec, kmsKeyArn)]),
        ),
      );
    }),
    { numRuns: 150 },
  );
}, 300_000);

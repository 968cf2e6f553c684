import fc from "fast-check";
import { expect, test } from "vitest";
import { parseHcl } from "#lib/infra/hcl.ts";
import { hclString } from "#lib/snippets/hcl-string.ts";
import { hclPath } from "./hcl-path.ts";
import { specFields } from "./table-draft.ts";
import { importFromTerraform } from "./terraform-import.ts";
import { unsayable } from "./unsayable.ts";

/** A value of a text: literals are told apart by a number that replaces `#`. */
type Source = { literal: string | number } | { expression: string } | { list: Source[] } | { map: Named };
type Named = [string, Source][];

const platform = {
  pattern: "{project}-{environment}-{key}",
  projects: ["shop"],
  environments: ["dev"],
  tags: {},
  environmentTags: {},
};

const literal = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom("text#", "#", "by-#", "alias/key#", "bad|#", "#\n", "Ünï#") },
    { weight: 1, arbitrary: fc.constantFrom(0, 1) },
  )
  .map((value): Source => ({ literal: value }));
const expression = fc
  .constantFrom("var.x", "local.y", "each.value", "f(1)", "a ? b : c", "[for v in x : v]", "1 + 2")
  .map((text): Source => ({ expression: text }));

const optionNames = [
  ...["name", "hash_key", "range_key", "type", "enabled", "kms_key_arn", "attribute_name", "key_type"],
  ...["projection_type", "non_key_attributes", "recovery_period_in_days", "max_read_request_units"],
  ...["partition_key", "sort_key", "read_capacity", "tags", "odd", "constructor", "key_schema"],
];
const resourceNames = [
  ...[
    "name",
    "hash_key",
    "range_key",
    "billing_mode",
    "attribute",
    "attributes",
    "ttl",
    "ttl_attribute_name",
  ],
  ...["point_in_time_recovery", "stream_view_type", "server_side_encryption", "on_demand_throughput", "tags"],
  ...["read_capacity", "write_capacity", "table_class", "stream_enabled"],
  ...["server_side_encryption_enabled", "server_side_encryption_kms_key_arn", "global_secondary_index"],
  ...["global_secondary_indexes", "local_secondary_index", "local_secondary_indexes", "dynamic", "odd"],
  ...Object.keys(unsayable),
];

const { value } = fc.letrec<{ value: Source }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: literal },
    { weight: 1, arbitrary: expression },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }).map((list): Source => ({ list })) },
    { weight: 4, arbitrary: named(optionNames, tie("value")).map((map): Source => ({ map })) },
  ),
}));

function named(names: readonly string[], values: fc.Arbitrary<Source>): fc.Arbitrary<Named> {
  const entry = fc.tuple(fc.constantFrom(...names), values);
  return fc.uniqueArray(entry, { selector: ([name]) => name, maxLength: 6 });
}

/** The text of a value; numbers its literals, and notes where each of them is. */
class Writer {
  readonly leaves: { literal: string | number; path: string }[] = [];
  private count = 1000;

  write(source: Source, path: string): string {
    if ("expression" in source) return source.expression;
    if ("list" in source) {
      const one = source.list.length === 1;
      const items = source.list.map((item, at) => this.write(item, one ? path : hclPath(path, at)));
      return `[${items.join(", ")}]`;
    }
    if ("map" in source) return `{\n${this.writeEntries(source.map, path)}}`;
    this.count += 1;
    const own =
      typeof source.literal === "string" ? source.literal.replace("#", String(this.count)) : this.count;
    this.leaves.push({ literal: own, path });
    return typeof own === "string" ? hclString(own) : String(own);
  }

  writeEntries(entries: Named, path: string): string {
    return entries.map(([name, inner]) => `${name} = ${this.write(inner, hclPath(path, name))}\n`).join("");
  }
}

async function expectNothingLost(text: string, { leaves }: Writer): Promise<void> {
  const parsed = await parseHcl(text);
  if (parsed.kind !== "parsed") return expect.unreachable(JSON.stringify(parsed));
  const { tables, warnings } = importFromTerraform(parsed.value, [], platform);
  const arrived = JSON.stringify(tables);
  const isWithin = (path: string, place: string) =>
    path === place || (path.startsWith(place) && /^[.[]/.test(path.slice(place.length)));
  const lost = leaves.filter(
    (leaf) =>
      !arrived.includes(JSON.stringify(String(leaf.literal)).slice(1, -1)) &&
      !warnings.some((warning) => isWithin(leaf.path, warning.path)),
  );
  expect(lost).toEqual([]);
}

test("every literal of a table in a module's map arrives or is reported", async () => {
  await fc.assert(
    fc.asyncProperty(named([...specFields, "hash_key", "odd"], value), async (fields) => {
      const writer = new Writer();
      const path = "module.m.tables.t";
      const body = writer.writeEntries([["partition_key", { literal: "key#" }], ...fields.slice(1)], path);
      if (fields.slice(1).some(([name]) => name === "partition_key")) return;
      await expectNothingLost(`module "m" {\ntables = {\nt = {\n${body}}\n}\n}\n`, writer);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["a resource", 'resource "aws_dynamodb_table" "t"', "aws_dynamodb_table.t", ""],
  [
    "the community's module",
    'module "t"',
    "module.t",
    'source = "terraform-aws-modules/dynamodb-table/aws"\n',
  ],
])("every literal of %s arrives or is reported", async (_, header, path, source) => {
  await fc.assert(
    fc.asyncProperty(named(resourceNames, value), async (fields) => {
      const writer = new Writer();
      const body = writer.writeEntries(fields, path);
      await expectNothingLost(`${header} {\n${source}${body}}\n`, writer);
    }),
    { numRuns: 300 },
  );
});

import fc from "fast-check";
import { expect, it, test } from "vitest";
import { blockOf, groupWarnings } from "./group-warnings.ts";

test.each([
  ["module.dynamodb.tables.events.ttl_attribute", "module.dynamodb.tables.events"],
  ['module.dynamodb.tables["user.data"].kms_key_id', 'module.dynamodb.tables["user.data"]'],
  ['module.dynamodb.tables["a\\"].b"].tags.Team', 'module.dynamodb.tables["a\\"].b"]'],
  ["module.dynamodb.tags", "module.dynamodb"],
  ["module.dynamodb.tables", "module.dynamodb.tables"],
  ["tables.events.tags", "tables.events"],
  ["aws_dynamodb_table.orders.replica[0]", "aws_dynamodb_table.orders"],
  ["aws_dynamodb_table.orders", "aws_dynamodb_table.orders"],
  ["module.orders.autoscaling_enabled", "module.orders"],
  ["local.all.events.type", "local.all.events"],
  ["local", "local"],
  ['variable.tables.default["user-data"].tags', 'variable.tables.default["user-data"]'],
  ["", ""],
])("%s lies in %s", (path, block) => {
  expect(blockOf(path)).toBe(block);
});

it("groups in the order of the text and loses nothing", () => {
  const path = fc.oneof(fc.string(), fc.constantFrom("tables.a.x", "tables.a.y", "tables.b.x", '["', "a[0"));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ path, message: fc.string() }), { selector: JSON.stringify }),
      (all) => {
        const groups = groupWarnings(all);
        expect(new Set(groups.flatMap((group) => group.warnings))).toEqual(new Set(all));
        for (const { block, warnings } of groups) {
          for (const warning of warnings) expect(warning.path.startsWith(block)).toBe(true);
        }
      },
    ),
  );
  const [first, second] = ["tables.b.x", "tables.a.x"].map((one) => ({ path: one, message: "m" }));
  expect(groupWarnings([first!, second!])).toEqual([
    { block: "tables.b", warnings: [first] },
    { block: "tables.a", warnings: [second] },
  ]);
});

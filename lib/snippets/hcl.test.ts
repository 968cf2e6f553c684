import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { hclAttributes, hclBlock, hclParagraphs } from "./hcl-lines.ts";
import { spellingWarnings } from "./hcl-spelling.ts";
import { hclString } from "./hcl-string.ts";
import { hostileStringArbitrary } from "./hostile.arbitrary.ts";
import { TerraformRoot, terraformMissing, withReason } from "./terraform.fixture.ts";
import { plannedTable } from "./terraform-tables.fixture.ts";

/** hcl2json answers strings as templates in Terraform's JSON, where `$${` and `%%{` stand for the signs themselves. */
const literal = (template: string) => template.replace(/([$%])\1\{/g, "$1{");

const anyString = fc.oneof(hostileStringArbitrary, fc.string({ unit: "binary" }));

describe("a quoted string", () => {
  test.each([
    ["orders", '"orders"'],
    ["a b", '"a b"'],
    ['say "hi" \\ 1', '"say \\"hi\\" \\\\ 1"'],
    ["a\nb\tc\u0001", '"a\\nb\\tc\\u0001"'],
    ["\u202eabc\ufeff", '"\\u202eabc\\ufeff"'],
    ["a\u00a0b\u2028", '"a\\u00a0b\\u2028"'],
    ["\u{e0041}", '"\\U000e0041"'],
    ["é 名 𝒳", '"é 名 𝒳"'],
    [`\${x} %{if true}`, `"$\${x} %%{if true}"`],
    [`$\${x} %%{y} $$`, `"$$\${x} %%%{y} $$"`],
  ])("%j is written %s", (text, written) => {
    expect(hclString(text)).toBe(written);
  });

  test("means the same text to HashiCorp's parser, up to the spelling of its letters", async () => {
    const strings = fc.sample(anyString, { numRuns: 3_000, seed: 1 });
    const { texts } = (await parse("strings.tf", `texts = [${strings.map(hclString).join(",\n")}]\n`)) as {
      texts: string[];
    };
    expect(texts.map(literal)).toEqual(strings.map((text) => text.normalize("NFC")));
  });

  test("hides nothing: no character in it is invisible, bidirectional or a space but the plain one", () => {
    fc.assert(
      fc.property(anyString, (text) => {
        expect(hclString(text)).not.toMatch(/[\p{C}\p{M}]|[^\P{Z} ]/u);
      }),
    );
  });
});

describe("attributes and blocks", () => {
  test("are aligned among neighbours of one line, and keep names that are no identifiers in quotes", () => {
    const tags = { entries: [["for", "a"] as const, ["CostCenter", "b"] as const, ["a:b", "c"] as const] };
    const lines = hclBlock(
      "block",
      ["a", "b"],
      hclParagraphs([
        hclAttributes([
          ["name", "x"],
          ["read_capacity", 5],
          ["tags", tags],
          ["enabled", true],
          ["none", { entries: [] }],
          ["list", ["p", "q"]],
        ]),
        [],
        hclAttributes([["to", { expression: "a.b" }]]),
      ]),
    );
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "block "a" "b" {
        name          = "x"
        read_capacity = 5
        tags = {
          "for"      = "a"
          CostCenter = "b"
          "a:b"      = "c"
        }
        enabled = true
        none    = {}
        list    = ["p", "q"]

        to = a.b
      }"
    `);
  });

  const root = new TerraformRoot({});
  afterAll(() => root.remove());

  test.skipIf(terraformMissing)(
    withReason("are left as they are by terraform fmt, whatever their names and values", terraformMissing),
    async () => {
      const entries = fc.array(fc.tuple(anyString, fc.oneof(anyString, fc.integer(), fc.array(anyString))));
      const maps = fc.sample(fc.dictionary(anyString, entries), { numRuns: 300, seed: 2 });
      for (const [at, map] of maps.entries()) {
        const value = {
          entries: Object.entries(map).map(([name, inner]) => [name, { entries: inner }] as const),
        };
        root.write(`${at}.tf`, `${hclBlock("locals", [], hclAttributes([["value", value]])).join("\n")}\n`);
      }
      expect(await root.run(["fmt", "-check", "-diff"])).toEqual({ code: 0, output: "", errors: "" });
    },
  );
});

describe("a text with another spelling in Unicode's normal form C", () => {
  const place = {
    project: "shop",
    environment: "dev",
    account: "111111111111",
    region: "eu-west-1",
    endpoint: "",
  };

  test("is named in a warning wherever a table has it", () => {
    const spec = tableSpecSchema.parse({
      partition_key: "caf\u0065\u0301",
      attribute_types: { "caf\u0065\u0301": "S" },
      global_secondary_indexes: {
        "by-e": { partition_key: "ok", projection_type: "INCLUDE", non_key_attributes: ["x", "\u212b"] },
      },
    });
    const warnings = spellingWarnings(plannedTable(place, "orders", spec));
    expect(warnings.map(({ path }) => path)).toEqual([
      "/tables/orders/partition_key",
      "/tables/orders/attribute_types/caf\u0065\u0301",
      "/tables/orders/global_secondary_indexes/by-e/non_key_attributes/1",
    ]);
    expect(warnings[0]!.message).toContain("shop-dev-orders");
  });

  test("is no matter for texts that are in it", () => {
    const spec = tableSpecSchema.parse({ partition_key: "café 가 \u{1f44d}" });
    expect(spellingWarnings(plannedTable(place, "orders", spec))).toEqual([]);
  });
});

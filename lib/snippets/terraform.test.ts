import { parse } from "@cdktf/hcl2json";
import { describe, expect, test } from "vitest";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import type { SnippetTable } from "./snippet.ts";
import { terraformSnippet } from "./terraform.ts";
import { plannedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const place = {
  project: "shop",
  environment: "dev",
  account: "111111111111",
  region: "eu-west-1",
  endpoint: "",
};
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function table(key: string, spec: TableSpecInput, changes: Partial<SnippetTable> = {}): SnippetTable {
  const planned = plannedTable(place, key, tableSpecSchema.parse(spec));
  return { ...planned, arn: `arn:aws:dynamodb:eu-west-1:111111111111:table/${planned.name}`, ...changes };
}

const contentOf = (one: SnippetTable) => terraformSnippet([one]).files[0]!.content;

describe("a table as a Terraform resource", () => {
  test("is a resource, its import and one output, with all its tags and nothing that is a default", () => {
    const one = table(
      "events",
      {
        partition_key: "kind",
        sort_key: "at",
        type: "time-series",
        attribute_types: { at: "N" },
        enable_ttl: true,
        enable_stream: true,
        enable_point_in_time_recovery: true,
        kms_key_id: "alias/orders",
        global_secondary_indexes: { "by-at": { partition_key: "at", projection_type: "KEYS_ONLY" } },
      },
      { kmsKeyArn: keyArn },
    );
    const { files, warnings } = terraformSnippet([one]);
    expect(warnings).toEqual([]);
    expect(files.map(({ filename }) => filename)).toEqual(["shop-dev-events.tf"]);
    expect(files[0]!.content).toMatchInlineSnapshot(`
      "resource "aws_dynamodb_table" "shop_dev_events" {
        name             = "shop-dev-events"
        billing_mode     = "PAY_PER_REQUEST"
        hash_key         = "kind"
        range_key        = "at"
        stream_enabled   = true
        stream_view_type = "NEW_AND_OLD_IMAGES"

        attribute {
          name = "at"
          type = "N"
        }

        attribute {
          name = "kind"
          type = "S"
        }

        global_secondary_index {
          name            = "by-at"
          hash_key        = "at"
          projection_type = "KEYS_ONLY"
        }

        ttl {
          attribute_name = "ttl"
          enabled        = true
        }

        point_in_time_recovery {
          enabled = true
        }

        server_side_encryption {
          enabled     = true
          kms_key_arn = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        }

        tags = {
          CostCenter             = "1234"
          Environment            = "dev"
          ManagedBy              = "Tablewright"
          Name                   = "shop-dev-events"
          Owner                  = "platform-team"
          Project                = "shop"
          Purpose                = "Application Data Storage"
          Type                   = "time-series"
          "tablewright:table-id" = "id-of-events"
        }
      }

      import {
        to = aws_dynamodb_table.shop_dev_events
        id = "shop-dev-events"
      }

      output "shop_dev_events" {
        value = {
          name       = aws_dynamodb_table.shop_dev_events.name
          arn        = aws_dynamodb_table.shop_dev_events.arn
          stream_arn = aws_dynamodb_table.shop_dev_events.stream_arn
        }
      }
      "
    `);
  });

  test("of the same name but for its signs has another label, so that files share a folder", () => {
    const labels = ["a.b", "a-b", "a_b", "a-b-stream"].map(
      (key) => /^output "(.*)"/m.exec(contentOf(table(key, { partition_key: "id" })))![1],
    );
    expect(new Set(labels).size).toBe(4);
  });

  test("whose key has not been observed yet says so, and names no key of its own", () => {
    const one = table("orders", { partition_key: "id", kms_key_id: "alias/orders" });
    expect(terraformSnippet([one]).warnings.map(({ path }) => path)).toEqual(["/tables/orders/kms_key_id"]);
    expect(contentOf(one)).not.toContain("kms_key_arn");
  });

  test("is written as its endpoint holds it, what that does not support being named", () => {
    const one = table(
      "orders",
      {
        partition_key: "id",
        sort_key: "at",
        enable_ttl: true,
        enable_stream: true,
        global_secondary_indexes: { "by-x": { partition_key: "x" } },
      },
      { unsupported: ["ttl", "tags", "stream", "encryption", "global_secondary_indexes"] },
    );
    const content = contentOf(one);
    expect(content).not.toMatch(/ttl|tags|stream_enabled|encryption|secondary|"x"/);
    expect(content).toContain("stream_arn = null");
    expect(terraformSnippet([one]).warnings.map(({ path }) => path)).toEqual([
      "/tables/orders/enable_ttl",
      "/tables/orders/tags",
      "/tables/orders/enable_stream",
      "/tables/orders/encryption",
      "/tables/orders/global_secondary_indexes",
    ]);
  });

  test("has the names HashiCorp's parser reads back, whatever they are", async () => {
    const tables = sampleSpecs(100, 5).map((spec, at) => plannedTable(place, `t${at}`, spec));
    for (const { spec, name, tags } of tables) {
      const { files } = terraformSnippet([table(name.slice("shop-dev-".length), spec)]);
      const json = await parse("x.tf", files[0]!.content);
      const read = JSON.parse(JSON.stringify(json).replace(/([$%])\1\{/g, "$1{")) as {
        resource: { aws_dynamodb_table: Record<string, [Record<string, unknown>]> };
        import: unknown[];
      };
      const [resource] = Object.values(read.resource.aws_dynamodb_table)[0]!;
      expect(resource).toMatchObject({ name, hash_key: spec.partition_key, tags });
      expect(resource.range_key ?? null).toBe(spec.sort_key);
      expect(resource.ttl).toEqual(
        spec.enable_ttl ? [{ attribute_name: spec.ttl_attribute, enabled: true }] : undefined,
      );
    }
  });
});

import { parse } from "@cdktf/hcl2json";
import { describe, expect, test } from "vitest";
import { attributeType, keyAttributes } from "#lib/table-spec/key-attributes.ts";
import { type TableSpec, type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
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

  test("of another account or region than the first is named, for one provider does not reach both", () => {
    const tables = [
      table("orders", { partition_key: "id" }),
      table("events", { partition_key: "id" }),
      table("sessions", { partition_key: "id" }, { region: "us-east-1" }),
    ];
    const { warnings } = terraformSnippet(tables);
    expect(warnings.map(({ path }) => path)).toEqual(["/tables/sessions"]);
    expect(warnings[0]!.message).toContain("account 111111111111, region us-east-1");
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

  test("is read back by HashiCorp's parser with the values of its spec, whatever they are", async () => {
    const specs = sampleSpecs(100, 5);
    for (const [at, spec] of specs.entries()) {
      const kmsKeyArn = spec.encryption === "customer_managed" ? keyArn : null;
      const one = table(`t${at}`, spec, { kmsKeyArn });
      const json = await parse("x.tf", contentOf(one));
      const read = JSON.parse(JSON.stringify(json).replace(/([$%])\1\{/g, "$1{")) as {
        resource: { aws_dynamodb_table: Record<string, [Record<string, unknown>]> };
        import: unknown[];
      };
      const label = `shop_dev_t${at}`;
      expect(read.resource.aws_dynamodb_table).toEqual({ [label]: [resourceOf(one)] });
      expect(read.import).toEqual([{ to: `\${aws_dynamodb_table.${label}}`, id: one.name }]);
    }
  });
});

/** What a table's resource must say, in the provider's words. */
function resourceOf({ name, spec, tags, kmsKeyArn }: SnippetTable) {
  const given = (values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== false));
  const blocks = (...all: Record<string, unknown>[]) => (all.length === 0 ? null : all.map(given));
  const indexes = (all: Record<string, Partial<TableSpec["global_secondary_indexes"][string]>>) =>
    Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { partition_key = null, sort_key, non_key_attributes, ...rest }]) => ({
        name,
        hash_key: partition_key,
        range_key: sort_key,
        non_key_attributes: non_key_attributes?.toSorted() ?? null,
        ...rest,
      }));
  const { max_read_request_units, max_write_request_units, point_in_time_recovery_days: days } = spec;
  return given({
    name,
    billing_mode: spec.billing_mode,
    read_capacity: spec.read_capacity,
    write_capacity: spec.write_capacity,
    hash_key: spec.partition_key,
    range_key: spec.sort_key,
    stream_enabled: spec.enable_stream,
    stream_view_type: spec.enable_stream && spec.stream_view_type,
    table_class: spec.table_class !== "STANDARD" && spec.table_class,
    deletion_protection_enabled: spec.deletion_protection,
    attribute: keyAttributes(spec)
      .sort()
      .map((name) => ({ name, type: attributeType(spec, name) })),
    global_secondary_index: blocks(...indexes(spec.global_secondary_indexes)),
    local_secondary_index: blocks(...indexes(spec.local_secondary_indexes)),
    ttl: spec.enable_ttl && [{ attribute_name: spec.ttl_attribute, enabled: true }],
    point_in_time_recovery:
      spec.enable_point_in_time_recovery &&
      blocks({ enabled: true, recovery_period_in_days: days !== 35 && days }),
    server_side_encryption:
      spec.encryption !== "aws_owned" && blocks({ enabled: true, kms_key_arn: kmsKeyArn }),
    on_demand_throughput:
      (max_read_request_units ?? max_write_request_units) !== null &&
      blocks({ max_read_request_units, max_write_request_units }),
    tags,
  });
}

import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TableSpecInput, tableSpecSchema } from "#lib/table-spec/schema.ts";
import { hostileSpecArbitrary } from "./hostile.arbitrary.ts";
import type { SnippetTable } from "./snippet.ts";
import { TerraformRoot, terraformMissing, withReason } from "./terraform.fixture.ts";
import { moduleVariables } from "./terraform-module.fixture.ts";
import { terraformModuleSnippet } from "./terraform-module.ts";
import { plannedTable, sampleSpecs } from "./terraform-tables.fixture.ts";

const place = {
  project: "shop",
  environment: "dev",
  account: "111111111111",
  region: "eu-west-1",
  endpoint: "",
};
const table = (key: string, spec: TableSpecInput, changes: Partial<SnippetTable> = {}): SnippetTable => ({
  ...plannedTable({ ...place, ...changes, endpoint: "" }, key, tableSpecSchema.parse(spec)),
  ...changes,
});
const paths = (tables: SnippetTable[]) => terraformModuleSnippet(tables).warnings.map(({ path }) => path);

describe("the module's form", () => {
  test("is that of the module's own examples, only what is not the default being written", () => {
    const { files, warnings } = terraformModuleSnippet([
      table("user-data", {
        partition_key: "user_id",
        attribute_types: { user_id: "S" },
        enable_point_in_time_recovery: true,
      }),
      table("events", {
        partition_key: "event_type",
        sort_key: "timestamp",
        type: "time-series",
        attribute_types: { event_type: "S", timestamp: "N" },
        enable_ttl: true,
        ttl_attribute: "ttl",
        enable_stream: true,
      }),
      table("sessions", { partition_key: "session_id", enable_ttl: true, ttl_attribute: "expires_at" }),
    ]);
    expect(warnings).toEqual([]);
    expect(files.map(({ filename }) => filename)).toEqual(["dynamodb_shop_dev.tf"]);
    expect(files[0]!.content).toMatchInlineSnapshot(`
      "module "dynamodb" {
        source = "../modules/dynamodb"

        project_name = "shop"
        environment  = "dev"

        tables = {
          "events" = {
            partition_key = "event_type"
            sort_key      = "timestamp"
            attribute_types = {
              event_type = "S"
              timestamp  = "N"
            }
            type          = "time-series"
            enable_ttl    = true
            enable_stream = true
          }

          "sessions" = {
            partition_key = "session_id"
            enable_ttl    = true
            ttl_attribute = "expires_at"
          }

          "user-data" = {
            partition_key = "user_id"
            attribute_types = {
              user_id = "S"
            }
            enable_point_in_time_recovery = true
          }
        }

        tags = {
          CostCenter  = "1234"
          Environment = "dev"
          Owner       = "platform-team"
          Project     = "shop"
        }
      }
      "
    `);
  });

  test("is a block per project and environment, whose labels never meet", () => {
    const groups = [
      ["shop", "dev"],
      ["shop", "prod"],
      ["a-b", "c"],
      ["a", "b-c"],
    ].map(([project, environment]) => table("orders", { partition_key: "id" }, { project, environment }));
    const { files } = terraformModuleSnippet(groups);
    const labels = files.map(({ content }) => /^module "(.*)"/.exec(content)![1]!);
    expect(labels.slice(0, 3)).toEqual(["dynamodb_shop_dev", "dynamodb_shop_prod", "dynamodb_a_b_c"]);
    expect(new Set(labels).size).toBe(4);
    expect(files.map(({ filename }) => filename)).toEqual(labels.map((label) => `${label}.tf`));
  });

  test("of another account or region than the first block's is named, for one provider does not reach both", () => {
    const changes = { environment: "prod", account: "222222222222" };
    expect(
      paths([table("orders", { partition_key: "id" }), table("events", { partition_key: "id" }, changes)]),
    ).toEqual(["/tables/events"]);
  });

  test("gives all tables the tags they share, and warns of those that only some have", () => {
    const odd = table("odd", { partition_key: "id" });
    const tables = [table("orders", { partition_key: "id" }), { ...odd, tags: { ...odd.tags, Extra: "1" } }];
    expect(paths(tables)).toEqual(["/tables/odd/tags/Extra"]);
    expect(terraformModuleSnippet(tables).files[0]!.content).not.toContain("Extra");
  });

  test("warns of every option the module would drop, ignore or cannot do", () => {
    const tables = [
      table("owned", { partition_key: "id", encryption: "aws_owned", tags: { Team: "x" } }),
      table("key", { partition_key: "id", kms_key_id: "alias/orders" }),
      table("provisioned", {
        partition_key: "id",
        billing_mode: "PROVISIONED",
        read_capacity: 1,
        write_capacity: 1,
      }),
      table("adopted", { partition_key: "id" }, { name: "orders-of-2019" }),
    ];
    expect(paths(tables)).toEqual([
      "/tables/adopted",
      "/tables/key/kms_key_id",
      "/tables/owned/encryption",
      "/tables/owned/tags",
      "/tables/provisioned/billing_mode",
      "/tables/provisioned/read_capacity",
      "/tables/provisioned/write_capacity",
    ]);
  });

  test("read back by HashiCorp's parser is the same spec, whatever its names", async () => {
    const specs = sampleSpecs(200, 3);
    const tables = specs.map((spec, at) => plannedTable(place, `t${at}`, spec));
    const [file] = terraformModuleSnippet(tables).files;
    const json = await parse(file!.filename, file!.content);
    const read = JSON.parse(JSON.stringify(json).replace(/([$%])\1\{/g, "$1{")) as {
      module: { dynamodb: [{ tables: Record<string, TableSpecInput> }] };
    };
    const back = Object.entries(read.module.dynamodb[0].tables).map(([key, spec]) => [
      key,
      tableSpecSchema.parse(spec),
    ]);
    expect(Object.fromEntries(back)).toEqual(Object.fromEntries(tables.map(({ key, spec }) => [key, spec])));
  });

  test("carries no mark of this portal and none of the tags the module makes itself", () => {
    fc.assert(
      fc.property(hostileSpecArbitrary, (spec) => {
        const { content } = terraformModuleSnippet([plannedTable(place, "orders", spec)]).files[0]!;
        const tags = content.split("\n  tags = {\n")[1]!;
        expect(tags.match(/^ {4}\S+/gm)?.map((tag) => tag.trim())).toEqual([
          "CostCenter",
          "Environment",
          "Owner",
          "Project",
        ]);
        expect(content).not.toMatch(/tablewright:table-id|ManagedBy/);
      }),
      { numRuns: 50 },
    );
  });
});

/** The module with outputs that tell what arrived. */
const stub = `${moduleVariables}output "arrived" { value = { for name in ["all"] : name => [var.project_name, var.environment, var.tables, var.tags] }.all }
`;

type Arrived = [string, string, Record<string, Record<string, unknown>>, Record<string, string>];

describe.skipIf(terraformMissing)(
  withReason("300 tables as calls of the module, read by Terraform", terraformMissing),
  () => {
    const places = [place, { ...place, environment: "prod" }, { ...place, project: "billing" }];
    const tables = sampleSpecs(300, 4).map((spec, at) => plannedTable(places[at % 3]!, `t${at}`, spec));
    const { files, warnings } = terraformModuleSnippet(tables);
    let root: TerraformRoot;

    beforeAll(async () => {
      root = new TerraformRoot({ "../modules/dynamodb/main.tf": stub });
      for (const { filename, content } of files) {
        root.write(filename, content);
        const label = filename.replace(/\.tf$/, "");
        root.write(`${label}_out.tf`, `output "${label}" {\n  value = module.${label}.arrived\n}\n`);
      }
      await root.succeed(["init"]);
    });
    afterAll(() => root.remove());

    test("are valid and formatted", async () => {
      expect(await root.succeed(["fmt", "-check"])).toBe("");
      await root.succeed(["validate"]);
    });

    test("arrive in the module as they are, save what a warning names", async () => {
      await root.succeed(["apply", "-auto-approve"]);
      const outputs = JSON.parse(await root.succeed(["output", "-json"])) as Record<
        string,
        { value: Arrived }
      >;
      const warned = new Set(warnings.map(({ path }) => path));
      for (const { project, environment, key, spec } of tables) {
        const [projectName, environmentName, arrived, tags] =
          outputs[`dynamodb_${project}_${environment}`]!.value;
        expect([projectName, environmentName]).toEqual([project, environment]);
        expect(tags).toEqual({
          CostCenter: "1234",
          Environment: environment,
          Owner: "platform-team",
          Project: project,
        });
        const plain = tableSpecSchema.parse({ partition_key: "id" }) as Record<string, unknown>;
        for (const [field, value] of Object.entries(spec)) {
          const found = arrived[key]![field] ?? plain[field];
          const same = JSON.stringify(found) === JSON.stringify(value) || field === "attribute_types";
          const derived = field === "encryption" && spec.kms_key_id !== null;
          if (!same && !derived) expect(warned, `${key} ${field}`).toContain(`/tables/${key}/${field}`);
        }
        expect(arrived[key]!.attribute_types).toEqual(spec.attribute_types);
      }
    });
  },
);

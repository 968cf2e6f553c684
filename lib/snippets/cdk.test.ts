import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { cdkSnippet } from "./cdk.ts";
import {
  approvedCalls,
  callsOf,
  exampleTables,
  generatedTables,
  joined,
  snippetTable,
} from "./cloudformation.fixture.ts";
import { tableProperties } from "./cloudformation-table.ts";
import type { SnippetTable } from "./snippet.ts";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const temporary = mkdtempSync(path.join(tmpdir(), "tablewright-cdk-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** The folder of a CDK project with the exports of these tables in it. */
function project(name: string, tables: readonly SnippetTable[]): string {
  const folder = path.join(temporary, name);
  mkdirSync(folder);
  symlinkSync(modules, path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  for (const { filename, content } of cdkSnippet(tables).files)
    writeFileSync(path.join(folder, filename), content);
  return folder;
}

/** What a script says, which must end well. */
function run(script: string, args: readonly string[], cwd = temporary) {
  const options = { cwd, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], options);
  expect(status, stderr + stdout.slice(-5_000)).toBe(0);
  return { stdout, stderr };
}

type Resource = {
  Type: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Properties: Record<string, unknown>;
};

/** The resources that a CDK app makes of the exports in a folder, about which it must have nothing to say. */
function synthesised(folder: string, ...options: string[]): Resource[] {
  const app = fileURLToPath(new URL("./cdk-synth.fixture.ts", import.meta.url));
  const { stdout, stderr } = run(app, [folder, ...options]);
  expect(stderr).toBe("");
  return Object.values(JSON.parse(stdout).Resources);
}

const generated = generatedTables(300);
const generatedProject = project("generated", generated);

const tagsByKey = ({ Tags, ...properties }: { Tags?: { Key: string }[] }) => ({
  ...properties,
  Tags: (Tags ?? []).toSorted((a, b) => (a.Key < b.Key ? -1 : 1)),
});

describe("a CDK construct", () => {
  test("is one file per table, named after it", () => {
    const { files, warnings } = cdkSnippet(exampleTables);
    expect(files.map(({ filename }) => filename)).toEqual([
      "shop-dev-user-data.ts",
      "shop-dev-events.ts",
      "shop-dev-sessions.ts",
    ]);
    expect(warnings).toEqual([]);
  });

  test("says what was approved and offers the table to grant access with", () => {
    const table = snippetTable("orders", {
      partition_key: "id",
      enable_stream: true,
      global_secondary_indexes: { "by-status": { partition_key: "status" } },
    });
    expect(cdkSnippet([table]).files[0]!.content).toBe(`import * as cdk from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";

/** DynamoDB table shop-dev-orders; it stays when its stack goes. */
export class ShopDevOrders extends Construct {
  readonly table: dynamodb.ITable;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const table = new dynamodb.CfnTable(this, "Table", {
      tableName: "shop-dev-orders",
      keySchema: [{ attributeName: "id", keyType: "HASH" }],
      attributeDefinitions: [
        { attributeName: "id", attributeType: "S" },
        { attributeName: "status", attributeType: "S" },
      ],
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [
        {
          indexName: "by-status",
          keySchema: [{ attributeName: "status", keyType: "HASH" }],
          projection: { projectionType: "ALL" },
        },
      ],
      streamSpecification: { streamViewType: "NEW_AND_OLD_IMAGES" },
      sseSpecification: { sseEnabled: true },
      tags: [
        { key: "CostCenter", value: "1234" },
        { key: "Environment", value: "dev" },
        { key: "Name", value: "shop-dev-orders" },
        { key: "Owner", value: "platform-team" },
        { key: "Project", value: "shop" },
        { key: "Purpose", value: "Application Data Storage" },
        { key: "Type", value: "key-value" },
      ],
    });
    table.applyRemovalPolicy(cdk.RemovalPolicy.RETAIN);

    this.table = dynamodb.Table.fromTableAttributes(this, "Access", {
      tableArn: table.attrArn,
      tableStreamArn: table.attrStreamArn,
      globalIndexes: ["by-status"],
    });
  }
}
`);
  });

  test.each([
    ["construct", "Construct_"],
    ["object", "Object_"],
  ])("of the table %s is called %s, for its name is taken", (name, label) => {
    const named = snippetTable("orders", { partition_key: "id" }, { name });
    expect(cdkSnippet([named]).files[0]!.content).toContain(`export class ${label} extends Construct {`);
  });

  test("has a class of its own for every name", () => {
    const tables = ["a.b", "a-b", "a_b", "A-b"].map((key) => snippetTable(key, { partition_key: "id" }));
    const classes = cdkSnippet(tables).files.map(({ content }) => /class (\w+)/.exec(content)?.[1]);
    expect(new Set(classes).size).toBe(tables.length);
  });

  test.each(["alias/orders", "1234abcd-12ab-34cd-56ef-1234567890ab"])(
    "warns that grants leave out the key %s, until its ARN has been observed",
    (key) => {
      const spec = { partition_key: "id", kms_key_id: key };
      expect(cdkSnippet([snippetTable("orders", spec)]).warnings).toEqual([
        {
          path: "/tables/orders/kms_key_id",
          message: expect.stringContaining(`shop-dev-orders: the ARN of its key ${key}`),
        },
      ]);
      const kmsKeyArn = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
      const observed = cdkSnippet([snippetTable("orders", spec, { kmsKeyArn })]);
      expect(observed.warnings).toEqual([]);
      expect(observed.files[0]!.content).toContain(kmsKeyArn);
    },
  );

  test("warns of names that CloudFormation would replace", () => {
    const table = snippetTable("orders", { partition_key: "{{resolve:ssm:name}}" });
    expect(cdkSnippet([table]).warnings.map(({ path }) => path)).toEqual(["/tables/orders/partition_key"]);
  });
});

describe("Biome with the defaults of Prettier", () => {
  test("changes nothing in 300 generated files", () => {
    const biome = path.join(modules, "@biomejs/biome/bin/biome");
    const names = cdkSnippet(generated).files.map(({ filename }) => filename);
    const { stderr } = run(
      biome,
      ["format", "--indent-style=space", "--line-width=80", ...names],
      generatedProject,
    );
    expect(stderr).toMatch(/Checked 300 files .*No fixes applied/);
  });
});

describe("the TypeScript compiler", () => {
  test("finds no error in 300 generated files, strictly", { timeout: 300_000 }, () => {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      target: "es2022",
      module: "nodenext",
      skipLibCheck: true,
      types: [],
    };
    const settings = { compilerOptions, include: ["*.ts"] };
    writeFileSync(path.join(generatedProject, "tsconfig.json"), JSON.stringify(settings));
    run(path.join(modules, "typescript/bin/tsc"), ["-p", "."], generatedProject);
  });
});

describe("the CDK", () => {
  test("makes of 300 generated constructs the properties of their CloudFormation templates", {
    timeout: 300_000,
  }, () => {
    const resources = synthesised(generatedProject);
    const made = new Map(resources.map((resource) => [resource.Properties.TableName, resource]));
    expect(resources).toHaveLength(generated.length);
    for (const table of generated) {
      const resource = made.get(table.name)!;
      expect(resource).toMatchObject({
        Type: "AWS::DynamoDB::Table",
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
      });
      expect(tagsByKey(joined(resource.Properties) as object)).toEqual(tagsByKey(tableProperties(table)));
    }
  });

  test("takes names that are placeholders elsewhere for names, as they stand", () => {
    const names = [`\${AWS::Region}`, `\${x}`, `a\${Table}`];
    const tables = names.map((name, at) => snippetTable(`orders-${at}`, { partition_key: name }));
    for (const [at, { Properties }] of synthesised(project("placeholders", tables)).entries())
      expect(Properties.KeySchema).toEqual([{ AttributeName: names[at], KeyType: "HASH" }]);
  });

  test("takes names that look like its tokens for names", () => {
    const names = [
      `\${Token[X.1]}`,
      `a\${Token[A]}\${Token[B]}`,
      "#{Token[X.1]}",
      "Token[-1.8881545897087626e+289]",
      "-1.8881545897087626e+289",
    ];
    const tables = names.map((name, at) =>
      snippetTable(`orders-${at}`, {
        partition_key: name,
        sort_key: "at",
        local_secondary_indexes: {
          "by-total": { sort_key: "total", projection_type: "INCLUDE", non_key_attributes: [`${name}!`] },
        },
      }),
    );
    for (const [at, { Properties }] of synthesised(project("tokens", tables)).entries())
      expect(callsOf(Properties).CreateTable).toEqual(approvedCalls(tables[at]!).CreateTable);
  });

  test("grants what reads need: the indexes, the stream and the key", () => {
    const key = "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const table = snippetTable("orders", {
      partition_key: "id",
      sort_key: "at",
      enable_stream: true,
      kms_key_id: key,
      local_secondary_indexes: { "by-total": { sort_key: "total" } },
    });
    const policy = synthesised(project("grants", [table]), "grant").find(
      ({ Type }) => Type === "AWS::IAM::Policy",
    );
    const text = JSON.stringify(policy);
    expect(text).toContain("dynamodb:Query");
    expect(text).toContain("/index/*");
    expect(text).toContain("dynamodb:GetRecords");
    expect(text).toContain('"StreamArn"');
    expect(text).toContain("kms:Decrypt");
    expect(text).toContain(key);
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  approvedCalls,
  callsOf,
  exampleTables,
  generatedTables,
  snippetTable,
} from "./cloudformation.fixture.ts";
import { cloudformationSnippet } from "./cloudformation.ts";
import { hostileSpecArbitrary, hostileStringArbitrary } from "./hostile.arbitrary.ts";
import type { SnippetTable } from "./snippet.ts";

const contentOf = (table: SnippetTable) => cloudformationSnippet([table]).files[0]!.content;

const shortForms = [
  { tag: "!Ref", resolve: (id: string) => ({ Ref: id }) },
  { tag: "!GetAtt", resolve: (of: string) => ({ "Fn::GetAtt": of.split(".") }) },
];

/** A template as CloudFormation reads it: YAML 1.1 with the short forms of its functions. */
const read = (content: string) => parse(content, { version: "1.1", customTags: shortForms });

const propertiesIn = (content: string) => read(content).Resources.Table.Properties;

describe("a CloudFormation template", () => {
  test("is one file per table, named after it", () => {
    const { files, warnings } = cloudformationSnippet(exampleTables);
    expect(files.map(({ filename }) => filename)).toEqual([
      "shop-dev-user-data.yaml",
      "shop-dev-events.yaml",
      "shop-dev-sessions.yaml",
    ]);
    expect(warnings).toEqual([]);
  });

  test("says what was approved and nothing that is the default", () => {
    expect(contentOf(exampleTables[1]!)).toBe(`AWSTemplateFormatVersion: "2010-09-09"
Description: DynamoDB table shop-dev-events
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: shop-dev-events
      KeySchema:
        - AttributeName: event_type
          KeyType: HASH
        - AttributeName: timestamp
          KeyType: RANGE
      AttributeDefinitions:
        - AttributeName: event_type
          AttributeType: S
        - AttributeName: timestamp
          AttributeType: "N"
      BillingMode: PAY_PER_REQUEST
      StreamSpecification:
        StreamViewType: NEW_AND_OLD_IMAGES
      SSESpecification:
        SSEEnabled: true
      TimeToLiveSpecification:
        AttributeName: ttl
        Enabled: true
      Tags:
        - Key: CostCenter
          Value: "1234"
        - Key: Environment
          Value: dev
        - Key: Name
          Value: shop-dev-events
        - Key: Owner
          Value: platform-team
        - Key: Project
          Value: shop
        - Key: Purpose
          Value: Application Data Storage
        - Key: Type
          Value: time-series
Outputs:
  TableName:
    Description: Name of the table
    Value: !Ref Table
  TableArn:
    Description: ARN of the table
    Value: !GetAtt Table.Arn
  StreamArn:
    Description: ARN of the stream of the table
    Value: !GetAtt Table.StreamArn
`);
  });

  test("names a customer key as it was approved, an alias too", () => {
    const table = snippetTable("orders", { partition_key: "id", kms_key_id: "alias/orders" });
    const expected = { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: "alias/orders" };
    expect(propertiesIn(contentOf(table)).SSESpecification).toEqual(expected);
  });

  test("leaves encryption out for the AWS owned key, which is CloudFormation's default", () => {
    const table = snippetTable("orders", { partition_key: "id", encryption: "aws_owned" });
    expect(propertiesIn(contentOf(table))).not.toHaveProperty("SSESpecification");
  });

  test("says how long backups are kept unless it is CloudFormation's 35 days", () => {
    const kept = (days: number) =>
      propertiesIn(
        contentOf(
          snippetTable("orders", {
            partition_key: "id",
            enable_point_in_time_recovery: true,
            point_in_time_recovery_days: days,
          }),
        ),
      ).PointInTimeRecoverySpecification;
    expect(kept(7)).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 });
    expect(kept(35)).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  test("makes exactly the calls that were approved, whatever the names in it", () => {
    fc.assert(
      fc.property(hostileSpecArbitrary, (spec) => {
        const table = snippetTable("orders", spec);
        expect(callsOf(propertiesIn(contentOf(table)))).toEqual(approvedCalls(table));
      }),
      { numRuns: 300 },
    );
  });

  test("brings every attribute name back as the same string", () => {
    fc.assert(
      fc.property(hostileStringArbitrary, (name) => {
        const table = snippetTable("orders", { partition_key: name });
        const created = callsOf(propertiesIn(contentOf(table))).CreateTable;
        expect(created).toHaveProperty("AttributeDefinitions.0.AttributeName", name);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    "yes",
    "No",
    "y",
    "1e3",
    "e1",
    "E10",
    "0123",
    "1_000",
    "190:20:30",
    "2001-01-01",
    "<<",
    "=",
    "~",
    ".inf",
    "null",
    "!Ref a",
  ])("writes %j in quotes, so that no reader takes it for something else", (name) => {
    expect(contentOf(snippetTable("orders", { partition_key: name }))).toContain(`AttributeName: "${name}"`);
  });

  test.each([
    ["a\u202eb", '"a\\u202eb"'],
    ["\u{e0041}", '"\\U000e0041"'],
    ["\u00a0\u2028", '"\\u00a0\\u2028"'],
    ["名", '"名"'],
  ])("shows what is in %j", (name, yaml) => {
    expect(contentOf(snippetTable("orders", { partition_key: name }))).toContain(`AttributeName: ${yaml}`);
  });

  test.each([`\${Table}`, `a\${AWS::Region}`, `\${x}\${}`])(
    "says %j as it is, and to linters that no !Sub is missing",
    (name) => {
      const content = contentOf(snippetTable("orders", { partition_key: name }));
      expect(content).toContain(`AttributeName: "${name}"`);
      expect(read(content).Resources.Table.Metadata).toEqual({
        "cfn-lint": { config: { ignore_checks: ["E1029"] } },
      });
    },
  );

  test("warns of names that CloudFormation would replace, and of nothing else", () => {
    const reference = "{{resolve:ssm:name}}";
    const spec = {
      partition_key: "id",
      enable_ttl: true,
      ttl_attribute: reference,
      global_secondary_indexes: {
        "by-status": {
          partition_key: "status",
          projection_type: "INCLUDE" as const,
          non_key_attributes: ["a", reference],
        },
      },
    };
    expect(cloudformationSnippet([snippetTable("orders", spec)]).warnings).toEqual([
      { path: "/tables/orders/ttl_attribute", message: expect.stringContaining("shop-dev-orders: ") },
      {
        path: "/tables/orders/global_secondary_indexes/by-status/non_key_attributes/1",
        message: expect.stringContaining(reference),
      },
    ]);
    expect(
      cloudformationSnippet([snippetTable("orders", { ...spec, enable_ttl: false })]).warnings,
    ).toHaveLength(1);
  });
});

const hasLinter = spawnSync("cfn-lint", ["--version"]).status === 0;
const unlessSkipped = hasLinter ? "" : " (skipped: cfn-lint is not on the PATH)";

type Finding = { Filename: string; Level: string; Message: string; Rule: { Id: string } };

/** What cfn-lint finds in the templates of these tables. */
function lint(tables: readonly SnippetTable[]): Finding[] {
  const folder = mkdtempSync(path.join(tmpdir(), "tablewright-cloudformation-"));
  try {
    const { files } = cloudformationSnippet(tables);
    for (const { filename, content } of files) writeFileSync(path.join(folder, filename), content);
    const names = files.map(({ filename }) => filename);
    const run = spawnSync("cfn-lint", ["--format", "json", ...names], { cwd: folder, encoding: "utf8" });
    return JSON.parse(run.stdout || "[]");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("cfn-lint", () => {
  test.skipIf(!hasLinter)(`finds nothing at all in the example's templates${unlessSkipped}`, () => {
    expect(lint(exampleTables)).toEqual([]);
  });

  test.skipIf(!hasLinter)(`finds nothing in names that are placeholders elsewhere${unlessSkipped}`, () => {
    const names = [`\${AWS::Region}`, `\${Table}`, `\${Table.Arn}`, `\${!x}`];
    const spec = (name: string) => ({ partition_key: name, enable_ttl: true, ttl_attribute: `a${name}` });
    expect(lint(names.map((name, at) => snippetTable(`t${at}`, spec(name))))).toEqual([]);
  });

  test.skipIf(!hasLinter)(
    `finds no error in 300 generated templates${unlessSkipped}`,
    { timeout: 300_000 },
    () => {
      expect(lint(generatedTables(300)).filter(({ Level }) => Level === "Error")).toEqual([]);
    },
  );
});

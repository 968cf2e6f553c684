import { jsonPointer } from "#lib/table-spec/json-pointer.ts";
import {
  type TypeScriptEntry,
  type TypeScriptObject,
  type TypeScriptValue,
  typeScriptValue,
} from "./cdk-literal.ts";
import { dynamicReferenceWarnings, hasPlaceholder } from "./cloudformation-strings.ts";
import { tableProperties } from "./cloudformation-table.ts";
import { pascalLabel } from "./label.ts";
import type { Snippet, SnippetTable, SnippetWarning } from "./snippet.ts";

/** Where a text that CDK would take for one of its tokens is cut: markers of strings and lists, and encoded numbers. */
const tokenCut = /(?<=Token)(?=\[)|(?<=e\+)(?=289)/;

/**
 * What CDK's check of the template is told where a name holds `${…}`, which it takes for a forgotten `Fn::Sub`. By its
 * metadata and not by `cdk.Validations`, which older versions of CDK do not have.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Validations.html
 */
const withoutSubCheck = `
    table.node.addMetadata("aws:cdk:acknowledged-rules", {
      "CloudFormation-Validate::E1029": "The names are meant as they stand",
    });`;

/** The name of a property in CDK: `SSESpecification` → `sseSpecification`. */
const camelCase = (name: string) =>
  name.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z])/, (start) => start.toLowerCase());

/**
 * A text as a value. CDK looks for tokens in any string and fails at one that it did not make; in pieces, which only
 * CloudFormation joins, the text arrives.
 * https://docs.aws.amazon.com/cdk/v2/guide/tokens.html
 */
function textValue(text: string): TypeScriptValue {
  const pieces = text.split(tokenCut);
  if (pieces.length === 1) return text;
  const join: TypeScriptObject = { entries: [["Fn::Join", ["", pieces]]], expanded: true };
  return { call: "cdk.Token.asString", args: [join] };
}

function propertyValue(value: unknown): TypeScriptValue {
  if (typeof value === "string") return textValue(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(propertyValue);
  return {
    entries: Object.entries(value as object).map(([name, entry]) => [camelCase(name), propertyValue(entry)]),
  };
}

/** The ARN of a customer's key, if it is known: as given, or as observed. */
function keyArn({ spec, kmsKeyArn }: SnippetTable): string | null {
  if (spec.encryption !== "customer_managed") return null;
  return (
    [kmsKeyArn, spec.kms_key_id].find((key) => key && /^arn:[^:]+:kms:[^:]+:[^:]+:key\//.test(key)) ?? null
  );
}

/** What makes `table.grantReadData(…)` grant the indexes, the stream and the key too. */
function attributes(table: SnippetTable): TypeScriptObject {
  const { enable_stream, global_secondary_indexes, local_secondary_indexes } = table.spec;
  const key = keyArn(table);
  const indexes = (property: string, map: object): TypeScriptEntry[] =>
    Object.keys(map).length === 0 ? [] : [[property, Object.keys(map).sort()]];
  return {
    expanded: true,
    entries: [
      ["tableArn", { name: "table.attrArn" }],
      ...(enable_stream ? ([["tableStreamArn", { name: "table.attrStreamArn" }]] as const) : []),
      ...(key === null
        ? []
        : ([
            ["encryptionKey", { call: "kms.Key.fromKeyArn", args: [{ name: "this" }, "Key", key] }],
          ] as const)),
      ...indexes("globalIndexes", global_secondary_indexes),
      ...indexes("localIndexes", local_secondary_indexes),
    ],
  };
}

/** The class of a table; never the name of the class that it extends, nor `Object`, which TypeScript refuses (TS2725). */
function className(name: string): string {
  const label = pascalLabel(name);
  return label === "Construct" || label === "Object" ? `${label}_` : label;
}

const written = (value: TypeScriptValue) => typeScriptValue(value, "    ", 0);

function construct(table: SnippetTable): string {
  const properties = propertyValue(tableProperties(table)) as TypeScriptObject;
  return `import * as cdk from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
${keyArn(table) === null ? "" : 'import * as kms from "aws-cdk-lib/aws-kms";\n'}import { Construct } from "constructs";

/** DynamoDB table ${table.name}; it stays when its stack goes. */
export class ${className(table.name)} extends Construct {
  readonly table: dynamodb.ITable;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    const table = new dynamodb.CfnTable(this, "Table", ${written({ ...properties, expanded: true })});
    table.applyRemovalPolicy(cdk.RemovalPolicy.RETAIN);${hasPlaceholder(table.spec) ? withoutSubCheck : ""}

    this.table = dynamodb.Table.fromTableAttributes(this, "Access", ${written(attributes(table))});
  }
}
`;
}

/** A key known by an alias or an id alone cannot be granted, so its absence from the grants must be told. */
function keyWarnings(table: SnippetTable): SnippetWarning[] {
  if (table.spec.encryption !== "customer_managed" || keyArn(table) !== null) return [];
  return [
    {
      path: jsonPointer(["tables", table.key, "kms_key_id"]),
      message: `${table.name}: the ARN of its key ${table.spec.kms_key_id} is not known yet, so what grantReadData and the other grants of this construct give does not include the key. Take this export again when the table is active, or grant kms:Decrypt yourself.`,
    },
  ];
}

/**
 * One CDK construct in TypeScript per table, with exactly the properties of the CloudFormation export: the table as it
 * was approved, kept when the stack goes, and an `ITable` to grant access with.
 */
export function cdkSnippet(tables: readonly SnippetTable[]): Snippet {
  return {
    files: tables.map((table) => ({ filename: `${table.name}.ts`, content: construct(table) })),
    warnings: tables.flatMap((table) => [...dynamicReferenceWarnings(table), ...keyWarnings(table)]),
  };
}

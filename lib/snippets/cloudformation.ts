import { Document, Scalar, visit } from "yaml";
import {
  dynamicReferenceWarnings,
  hasPlaceholder,
  hexadecimal,
  showUnseen,
} from "./cloudformation-strings.ts";
import { tableProperties } from "./cloudformation-table.ts";
import type { Snippet, SnippetTable } from "./snippet.ts";

const logicalId = "Table";

/** A word that every reader of YAML, 1.1 or 1.2, takes for a string; some take `e1` for a number. */
const plainWord =
  /^(?!(?:y|n|yes|no|on|off|true|false|null|e[0-9_]+)$)[a-z](?:[a-z0-9_./-]|::(?=[a-z]))*(?: [a-z][a-z0-9_./-]*)*$/i;

/** cfn-lint's E1029 asks for `Fn::Sub` around `${…}`, where it would replace a name that is meant as it stands. */
const withoutSubCheck = { "cfn-lint": { config: { ignore_checks: ["E1029"] } } };

function reference(tag: "!Ref" | "!GetAtt", to: string): Scalar {
  const node = new Scalar(to);
  node.tag = tag;
  return node;
}

function template(table: SnippetTable): unknown {
  const output = (description: string, value: Scalar) => ({ Description: description, Value: value });
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `DynamoDB table ${table.name}`,
    Resources: {
      [logicalId]: {
        Type: "AWS::DynamoDB::Table",
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        ...(hasPlaceholder(table.spec) && { Metadata: withoutSubCheck }),
        Properties: tableProperties(table),
      },
    },
    Outputs: {
      TableName: output("Name of the table", reference("!Ref", logicalId)),
      TableArn: output("ARN of the table", reference("!GetAtt", `${logicalId}.Arn`)),
      ...(table.spec.enable_stream && {
        StreamArn: output("ARN of the stream of the table", reference("!GetAtt", `${logicalId}.StreamArn`)),
      }),
    },
  };
}

/** The template as YAML 1.1, which CloudFormation reads. */
function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      if (key === "key" || typeof node.value !== "string" || node.tag) return;
      node.type = plainWord.test(node.value) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
    },
  });
  return showUnseen(document.toString({ lineWidth: 0 }), (character) =>
    character.length > 1 ? `\\U${hexadecimal(character, 8)}` : `\\u${hexadecimal(character, 4)}`,
  );
}

/**
 * One CloudFormation template per table, in YAML: the table as it was approved, kept when the stack goes, and its name
 * and ARNs as outputs. No exports, so that stacks of different tables never meet.
 */
export function cloudformationSnippet(tables: readonly SnippetTable[]): Snippet {
  return {
    files: tables.map((table) => ({ filename: `${table.name}.yaml`, content: yamlOf(template(table)) })),
    warnings: tables.flatMap(dynamicReferenceWarnings),
  };
}

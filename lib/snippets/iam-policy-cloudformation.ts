import { Document, isScalar, Scalar, visit } from "yaml";
import type { PolicyDocument } from "./iam-policy.ts";

/** Invisible characters, and those that YAML counts as not printable. */
const unseen = /(?! )[\p{C}\p{Z}]/u;

function yamlEscape(character: string): string {
  const hex = character.codePointAt(0)!.toString(16).toUpperCase();
  return hex.length > 4 ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

/** Texts that may stand without quotes; all others get double ones, because only those know escapes. */
const plain = /^[A-Za-z](?:[\w/.*:,-]| (?=\w))*$/;

/** A value as YAML that YAML 1.1 readers, as CloudFormation is one, and YAML 1.2 readers read alike. */
function yaml(value: unknown): string {
  const document = new Document(value, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === "string" && !plain.test(node.value))
        node.type = "QUOTE_DOUBLE";
    },
  });
  const text = document.toString({ lineWidth: 0, directives: false });
  // Only double-quoted texts hold such characters, and there an escape means the same.
  return text.replace(new RegExp(unseen.source, "gu"), (character) =>
    character === "\n" ? character : yamlEscape(character),
  );
}

/**
 * A policy as a template with one `AWS::IAM::ManagedPolicy`, unnamed so that it needs CAPABILITY_IAM alone, and its ARN
 * as an output. `logicalId`: letters and digits.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
 */
export function policyTemplate(logicalId: string, description: string, policy: PolicyDocument): string {
  const arn = new Scalar(logicalId);
  arn.tag = "!Ref";
  return yaml({
    AWSTemplateFormatVersion: "2010-09-09",
    Description: description,
    Resources: {
      [logicalId]: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: policy } },
    },
    Outputs: {
      PolicyArn: { Description: "ARN of the policy, to attach to a role", Value: arn },
    },
  });
}

import { AppError } from "#lib/core/errors.ts";
import type { IamPolicyOptions, PolicyDocument } from "./iam-policy.ts";
import { policyTemplate } from "./iam-policy-cloudformation.ts";
import { policyJson, quotedText } from "./iam-policy-json.ts";
import { policyDocumentHcl } from "./iam-policy-terraform.ts";
import { pascalLabel, snakeLabel } from "./label.ts";
import type { SnippetWarning } from "./snippet.ts";

/** Beyond what a policy may hold unescaped; control characters are escapes in any JSON. */
const beyondIam = /[^\p{ASCII}\u0080-\u00ff]/u;

type Form = IamPolicyOptions["as"];
export const fileExtensions: Record<Form, string> = { json: "json", terraform: "tf", cloudformation: "yaml" };

/** Every value of every condition. */
function conditionValues(policy: PolicyDocument): string[] {
  return policy.Statement.flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap((variables) => Object.values(variables).flat()),
  );
}

function refusal(as: Form, value: string): string | null {
  const shown = quotedText(value);
  if (as === "terraform" && value.includes("&{"))
    return `Terraform's aws_iam_policy_document reads &{ in ${shown} as the beginning of a policy variable. Take the policy as JSON or CloudFormation.`;
  if (as === "terraform" && beyondIam.test(value))
    return `Terraform's AWS provider writes ${shown} without escapes, and IAM refuses characters beyond U+00FF. Take the policy as JSON.`;
  if (as === "cloudformation" && value.includes("{{resolve:"))
    return `CloudFormation would replace {{resolve:…}} in ${shown} as a dynamic reference. Take the policy as JSON or Terraform.`;
  return null;
}

/** Refuses what a form cannot say, as INVALID at `/as`: its tool would make another policy of it, or none. */
export function refuseUnsayable(as: Form, policy: PolicyDocument): void {
  const messages = new Set(conditionValues(policy).map((value) => refusal(as, value)));
  const errors = [...messages]
    .filter((message) => message !== null)
    .map((message) => ({ path: "/as", message }));
  if (errors.length > 0)
    throw new AppError("INVALID", errors.map(({ message }) => message).join(" "), { errors });
}

/** What a form says, but its tool may not carry to IAM. */
export function formWarnings(as: Form, policy: PolicyDocument): SnippetWarning[] {
  if (as !== "cloudformation") return [];
  const values = new Set(conditionValues(policy).filter((value) => beyondIam.test(value)));
  return [...values].map((value) => ({
    path: "/as",
    message: `${quotedText(value)} holds characters beyond U+00FF, which IAM takes only as escapes of JSON; CloudFormation writes the JSON itself and may be refused. Take the policy as JSON if it is.`,
  }));
}

/** At most 255 letters and digits; the template holds nothing else that it could meet. */
const logicalId = (name: string): string => `${pascalLabel(name).replaceAll("_", "").slice(0, 249)}Policy`;

/** A policy as a file's text. `name`: the policy's, from which labels are made; `title`: a line on what it is for. */
export function policyText(as: Form, name: string, title: string, policy: PolicyDocument): string {
  switch (as) {
    case "json":
      return `${policyJson(policy, 2)}\n`;
    case "terraform":
      return policyDocumentHcl(snakeLabel(name), policy);
    case "cloudformation":
      return policyTemplate(logicalId(name), title, policy);
  }
}

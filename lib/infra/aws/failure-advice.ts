const invalidIdentity = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
]);

/** Errors that say a right is missing. */
export const denials = new Set(["AccessDeniedException", "AccessDenied", "UnauthorizedOperation"]);

const deniedAction = /not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z*]+)/;

/**
 * What a person can do about an error that will come back until something changes. `text` is AWS's message, `status`
 * null where no answer was behind the error; the missing action is named where AWS names it.
 */
export function explainStop(
  { name, text, status }: { name: string; text: string; status: number | null },
  { call }: { call: string },
): string {
  if (denials.has(name)) return explainDenial(text, call);
  if (invalidIdentity.has(name)) {
    return "AWS does not accept the worker's credentials. Check them, and that they belong to this partition.";
  }
  if (name === "RegionDisabledException" || name === "OptInRequired") {
    return "The account has not switched this region on. Switch it on, then retry.";
  }
  if (status === null)
    return `Something unexpected happened in the worker during ${call}. Its log says more.`;
  if (name === "LimitExceededException") {
    return "The table asks for more than the account may have. Ask for less and resubmit, or have AWS raise the quota and retry.";
  }
  if (name !== "ValidationException") {
    return `AWS refused ${call}, and would refuse it again. Read its words, change what they name, then retry.`;
  }
  if (call === "DeleteTable" || call === "UpdateTable") {
    return "DynamoDB does not let the table be deleted as it is. Read its words, change what they name (deletion protection, replicas), then retry.";
  }
  if (/KMS/.test(text)) {
    return "DynamoDB cannot use the KMS key. Check that the key exists in this region, is enabled, and that its policy lets the role use it through DynamoDB.";
  }
  if (/active on a different AttributeName/i.test(text)) {
    return "Time to live is on for another attribute. Somebody changed the table; put it right by hand, then retry.";
  }
  return `DynamoDB does not accept the values of ${call}. Change the specification, then resubmit.`;
}

function explainDenial(text: string, call: string): string {
  const action = deniedAction.exec(text)?.[1];
  if (action === "sts:AssumeRole") {
    return "The worker may not assume the environment's role. Check `role_arn`, `external_id` and the role's trust policy, then retry.";
  }
  if (action === "sts:TagSession") {
    return "The worker may not tag its session: the role's trust policy, or a policy of the worker's own identity, lacks sts:TagSession. Allow it (see `tablewright role-policy ENVIRONMENT --trust`), then retry.";
  }
  const missing = action ?? `what ${call} needs`;
  return `The role lacks ${missing}. Allow it (see \`tablewright role-policy\`), or look for a policy that denies it, then retry.`;
}

import type { DeniedCall, ParsedDenial } from "./denied-call.ts";
import { parsePrincipal, parseResource, resourceAt } from "./denied-call-arn.ts";
import { phrase } from "./denied-call-text.ts";

/** What calls of the API are authorized as, where it is not by their own name. */
const actionsOfOperation: Record<string, string> = {
  TransactGetItems: "GetItem",
  TransactWriteItems: "PutItem",
  ExecuteStatement: "PartiQLSelect",
  BatchExecuteStatement: "PartiQLSelect",
  ExecuteTransaction: "PartiQLSelect",
};

const keyRefused = new RegExp(
  [
    "KMS key access denied",
    "ciphertext refers to a customer master key that does not exist",
    "not allowed to access the key",
  ]
    .map(phrase)
    .join("|"),
  "i",
);
const streamRefused = new RegExp(`${phrase("cannot access stream")}[ \\n]`, "i");
const operationNamed = [
  new RegExp(`${phrase("when calling the")}[ \\n](\\w{1,60})[ \\n]`, "i"),
  new RegExp(`${phrase("operation error DynamoDB:")}[ \\n](\\w{1,60})`, "i"),
  /"eventName"[ \n]?:[ \n]?"(\w{1,60})"/,
];
const accessDenied = /access ?-?denied|not authorized/i;
const badCredentials =
  /UnrecognizedClient|InvalidSignature|InvalidClientTokenId|ExpiredToken|security token included|SignatureDoesNotMatch|MissingAuthenticationToken|Unable to locate credentials|NoCredentials|CredentialsProviderError/i;

/** Reads denials that do not say "not authorized to perform": DynamoDB's about keys, Lambda's about streams, CloudTrail's. */
export function parseOtherDenial(text: string): ParsedDenial {
  const operation = operationNamed.map((one) => one.exec(text)?.[1]).find((one) => one !== undefined) ?? null;
  const known = { principal: principalIn(text), operation, more: 0 };
  const found = (call: Pick<DeniedCall, "action" | "resource" | "cause">): ParsedDenial => ({
    understood: true,
    call: { ...known, ...call },
  });
  const cause = { policy: null, policyArn: null };
  if (keyRefused.test(text)) {
    return found({ action: "kms:Decrypt", resource: keyIn(text), cause: { kind: "key", ...cause } });
  }
  const stream = streamRefused.exec(text);
  const unsaid = { kind: "unsaid", ...cause } as const;
  if (stream) {
    const resource = resourceAt(text.slice(stream.index + stream[0].length), -1);
    return found({ action: "dynamodb:GetRecords", resource, cause: unsaid });
  }
  if (operation && accessDenied.test(text) && !isOfAnotherService(text)) {
    const action = `dynamodb:${actionsOfOperation[operation] ?? operation}`;
    return found({ action, resource: tableIn(text), cause: unsaid });
  }
  if (badCredentials.test(text)) return { understood: false, problem: "credentials" };
  return { understood: false, problem: /encoded authorization failure/i.test(text) ? "encoded" : "unclear" };
}

function isOfAnotherService(text: string): boolean {
  const source = /"eventSource"[ \n]?:[ \n]?"([\w.-]{1,100})"/.exec(text)?.[1];
  return source !== undefined && source !== "dynamodb.amazonaws.com";
}

function principalIn(text: string) {
  const arn = /arn:aws[a-z-]{0,20}:(?:sts|iam)::[^ \n"'`,;()<]{1,500}/.exec(text)?.[0];
  return arn ? parsePrincipal(arn) : null;
}

function keyIn(text: string) {
  const arn = /arn:aws[a-z-]{0,20}:kms:[\w-]{1,40}:\d{12}:key\/[\w-]{1,60}/.exec(text)?.[0];
  return arn ? parseResource(arn) : null;
}

/** A table's ARN in the text, or the one that a CloudTrail event's own fields make. */
function tableIn(text: string) {
  const at = text.search(/arn:aws[a-z-]{0,20}:dynamodb:/);
  if (at >= 0) return resourceAt(text.slice(at), -1);
  const field = (name: string) =>
    new RegExp(`"${name}"[ \\n]?:[ \\n]?"([\\w.-]{1,255})"`).exec(text)?.[1] ?? "";
  const table = field("tableName");
  if (table === "") return null;
  return parseResource(
    `arn:aws:dynamodb:${field("awsRegion")}:${field("recipientAccountId")}:table/${table}`,
  );
}

import type { DeniedCall, ParsedDenial } from "./denied-call.ts";
import { actionOfOperation } from "./denied-call-actions.ts";
import { parsePrincipal, parseResource, resourceAt } from "./denied-call-arn.ts";
import { phrase } from "./denied-call-text.ts";
import { partitionOf } from "./partition.ts";

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
/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
const keyUnusable = /DisabledException|KMSInvalidState|KeyUnavailable|\bis (?:disabled|pending deletion)\b/;
const streamRefused = new RegExp(`${phrase("cannot access stream")}[ \\n]`, "i");
const operationNamed = [
  new RegExp(`${phrase("when calling the")}[ \\n](\\w{1,60})[ \\n]`, "i"),
  new RegExp(`${phrase("operation error DynamoDB:")}[ \\n](\\w{1,60})`, "i"),
  /"eventName"[ \n]?:[ \n]?"(\w{1,60})"/,
];
const accessDenied = /access ?-?denied|not authorized/i;
const badCredentials =
  /UnrecognizedClient|InvalidSignature|InvalidClientTokenId|ExpiredToken|security token included|SignatureDoesNotMatch|MissingAuthenticationToken|Unable to locate credentials|NoCredentials|CredentialsProviderError/i;

/**
 * Reads denials that do not say "not authorized to perform": DynamoDB's about keys, Lambda's about streams, CloudTrail's,
 * and what `aws sts decode-authorization-message` answers.
 */
export function parseOtherDenial(text: string): ParsedDenial {
  const operation = operationNamed.map((one) => one.exec(text)?.[1]).find((one) => one !== undefined) ?? null;
  const known = { principal: principalIn(text), operation, more: 0 };
  const found = (call: Pick<DeniedCall, "action" | "resource" | "cause">): ParsedDenial => ({
    understood: true,
    call: { ...known, ...call },
  });
  const cause = { policy: null, policyArn: null };
  if (keyRefused.test(text)) {
    const kind = keyUnusable.test(text) ? "unusable-key" : "key";
    return found({ action: "kms:Decrypt", resource: keyIn(text), cause: { kind, ...cause } });
  }
  const stream = streamRefused.exec(text);
  const unsaid = { kind: "unsaid", ...cause } as const;
  if (stream) {
    const resource = resourceAt(text.slice(stream.index + stream[0].length), -1);
    return found({ action: "dynamodb:GetRecords", resource, cause: unsaid });
  }
  const decoded = /"explicitDeny"[ \n]?:[ \n]?(true|false)/.exec(text)?.[1];
  const decodedAction = /"action"[ \n]?:[ \n]?"([a-z0-9-]{1,60}:\w{1,100})"/.exec(text)?.[1];
  if (decoded && decodedAction) {
    const resource = parseResource(/"resource"[ \n]?:[ \n]?"([^"]{1,1000})"/.exec(text)?.[1] ?? "");
    const kind = decoded === "true" ? "explicit" : "unsaid";
    return found({ action: decodedAction, resource, cause: { kind, ...cause } });
  }
  const action =
    operation && accessDenied.test(text) && !isOfAnotherService(text) && actionIn(operation, text);
  if (action) return found({ action, resource: resourceIn(text), cause: unsaid });
  if (badCredentials.test(text)) return { understood: false, problem: "credentials" };
  return { understood: false, problem: /encoded authorization failure/i.test(text) ? "encoded" : "unclear" };
}

/** As what the call was authorized: of PartiQL's calls only the statement tells. */
function actionIn(operation: string, text: string): string | null {
  const verb = /"statement"[ \n]?:[ \n]?"[ \n]?(select|insert|update|delete)[ \n]/i.exec(text)?.[1];
  if (!verb || !/^(Batch)?Execute(Statement|Transaction)$/.test(operation))
    return actionOfOperation(operation);
  return `dynamodb:PartiQL${verb.charAt(0).toUpperCase()}${verb.slice(1).toLowerCase()}`;
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

/** A table's ARN in the text, or the one that a CloudTrail event's own fields make, and the index that such an event names. */
function resourceIn(text: string) {
  const field = (name: string) =>
    new RegExp(`"${name}"[ \\n]?:[ \\n]?"([\\w.-]{1,255})"`).exec(text)?.[1] ?? "";
  const [table, index, region] = [field("tableName"), field("indexName"), field("awsRegion")];
  const place = `arn:${partitionOf(region).partition}:dynamodb:${region}:${field("recipientAccountId")}`;
  const at = text.search(/arn:aws[a-z-]{0,20}:dynamodb:/);
  const found = at >= 0 ? resourceAt(text.slice(at), -1) : parseResource(table && `${place}:table/${table}`);
  if (!found?.table || found.part || index === "") return found;
  return parseResource(`${found.text}/index/${index}`);
}

import type { DeniedCall, DeniedPolicy } from "./denied-call.ts";
import { actionGroup, actionOfOperation } from "./denied-call-actions.ts";
import type { DeniedTable, Grant } from "./denied-call-grant.ts";
import { type DeniedVerdict, limits } from "./denied-call-verdict.ts";

const accessWords: Record<Grant["access"], string> = {
  reader: "Reader",
  writer: "Writer",
  "reader-writer": "Read and write",
  module: "Module",
  stream: "Stream",
};

/** Who can change what stands in the way. */
const keepers: Record<DeniedPolicy, string> = {
  "identity-based policy": "whoever manages this role or user in IAM",
  "resource-based policy": "whoever manages the policy on the table (or key) itself in its account",
  "permissions boundary": "whoever manages IAM in the caller's account",
  "session policy":
    "whoever assumes the role: the program or tool that passed the policy when it began the session",
  "service control policy": "whoever manages AWS Organizations",
  "resource control policy": "whoever manages AWS Organizations",
  "VPC endpoint policy": "whoever manages the VPC endpoint that the call went through",
};

/** The policy in the words of the table's page: “Reader” without Scan. */
export function grantWords({ access, scan, partiql }: Grant): string {
  if (access === "stream") return `“${accessWords.stream}”`;
  const reads = access === "reader" || access === "reader-writer";
  const extra = [partiql ? "with PartiQL" : "", reads ? (scan ? "with Scan" : "without Scan") : ""];
  return [`“${accessWords[access]}”`, ...extra.filter((words) => words !== "")].join(" ");
}

/** A policy as it is read: in the middle of a sentence. */
function withArticle(policy: DeniedPolicy): string {
  return `${policy.startsWith("identity") ? "an" : "a"} ${policy}`;
}

const limitedBy = (policy: DeniedPolicy) =>
  policy === "resource-based policy"
    ? "the key's own policy"
    : `${withArticle(policy)} limits what this caller may do and`;

const keeperOf = (policy: DeniedPolicy | null) =>
  policy
    ? keepers[policy]
    : "whoever manages the policies of this role or user, of the organization and of the table";

/** The verdict in a sentence or two. */
export function sentenceOf(call: DeniedCall, verdict: DeniedVerdict): string {
  const { action } = call;
  switch (verdict.kind) {
    case "granted":
      return granted(call, verdict);
    case "limited":
      return `No policy of ${verdict.table.name} can help alone: ${limitedBy(verdict.by)} does not allow ${action}. It can be changed by ${keepers[verdict.by]}.`;
    case "explicit-deny":
      return explicitDeny(call);
    case "other-account":
      return otherAccount(call, verdict.table);
    case "unknown-table":
      return unknownTable(call, verdict.name);
    case "elsewhere":
      return elsewhere(call, verdict.table);
    case "no-index":
      return `${verdict.table.name} has no index named ${verdict.index}, so no policy of it can grant this. Check the name of the index; IAM refuses before DynamoDB looks whether it is there.`;
    case "no-stream":
      return `${verdict.table.name} has no stream, so there is nothing to read. Ask for the stream first; then the policy “Stream” grants ${action}.`;
    default:
      return withoutGrant(action, verdict.kind);
  }
}

type Ungranted = Exclude<
  DeniedVerdict["kind"],
  | "granted"
  | "limited"
  | "explicit-deny"
  | "other-account"
  | "unknown-table"
  | "elsewhere"
  | "no-index"
  | "no-stream"
>;

function withoutGrant(action: string, kind: Ungranted): string {
  const sentences: Record<Ungranted, string> = {
    "portal-does": `${action} is in no policy of a table: tables are made, changed and deleted here, once a request for it is approved. Ask for it with a request instead.`,
    "page-shows": `${action} is in no policy of a table. What it would answer is shown on the table's page, and by this portal's API.`,
    "platform-does": `${action} is in no policy of a table: backups, exports, replicas and what else surrounds a table are the platform team's. Ask them for it.`,
    "account-wide": `${action} is not about one table: IAM grants it only on all of an account (Resource "*"), which no policy of one table does. Leave the call out, name the table instead, or ask the platform team.`,
    "every-table": `The call was for every table (or for something that is no table), and a policy here is always for tables by name. Name the table in the call.`,
    "not-carried": `${action} is in no policy that is written here, or not for such a resource.`,
    "other-service": `${action} is not an action of DynamoDB, so no policy of a table grants it. Ask whoever manages this role or user in IAM.`,
    "unusable-key": `No policy can help: KMS says that the key itself cannot be used, because it is disabled or is to be deleted. Ask whoever manages the key to enable it or to cancel its deletion; after seven days DynamoDB archives the table.`,
    "managed-key": `No policy of this table needs to grant ${action}: it is not encrypted with a customer key. DynamoDB uses its own or the AWS-managed key for everybody in the account who may use the table.`,
    "other-key": `The key in the message is not the one that encrypts this table, so no policy of it grants ${action}. Look for another table or service that uses that key.`,
    "which-table": `The message does not say which table ${action} was for. Open the table's page and paste the message there.`,
  };
  return sentences[kind];
}

function granted(
  { action, operation, principal }: DeniedCall,
  { table, grant }: DeniedVerdict & { kind: "granted" },
): string {
  const whom = whoCanHaveIt(principal);
  const forOne = operation !== null && actionGroup(actionOfOperation(operation) ?? "") === "data";
  if (action.startsWith("kms:") && !forOne) {
    return `Every policy of ${table.name} grants ${action} on the table's key, in its statement ${grant.statement}. Attach the one that fits to ${whom}.`;
  }
  return `The policy ${grantWords(grant)} of ${table.name} grants ${action}, in its statement ${grant.statement}. Attach it to ${whom}.`;
}

function whoCanHaveIt(principal: DeniedCall["principal"]): string {
  if (principal?.kind === "role" && principal.name.startsWith("AWSReservedSSO_"))
    return `the permission set of the role ${principal.name}`;
  if (principal?.kind === "role" || principal?.kind === "user")
    return `the ${principal.kind} ${principal.name}`;
  if (principal?.kind === "federated-user")
    return `the user that began the session of ${principal.name}, and let the session's own policy allow it`;
  return "the role that makes the call";
}

function explicitDeny({ cause }: DeniedCall): string {
  const where = cause.policy ? withArticle(cause.policy) : "a policy";
  const which = cause.policyArn ? ` (${cause.policyArn})` : "";
  return `No policy of a table can help: ${where}${which} denies this explicitly, and a Deny outweighs every Allow. It can be changed by ${keeperOf(cause.policy)}.`;
}

function otherAccount({ principal, action }: DeniedCall, table: DeniedTable): string {
  const whose = principal?.account ? `account ${principal.account}` : "another account";
  const otherwise = {
    aws_owned: ", or have a policy put on the table itself",
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html
    aws_managed:
      "; a policy on the table itself would not do, for it is encrypted with a key of AWS that serves its own account alone",
    customer_managed: ", or have policies put on the table itself and on its key",
  }[table.spec.encryption];
  return `No policy of ${table.name} is enough alone: the caller is of ${whose}, the table is in ${table.account}. Let the caller assume a role in ${table.account} that has the policy for ${action}${otherwise}.`;
}

function unknownTable({ resource }: DeniedCall, name: string): string {
  const place = [
    resource?.account ? ` in account ${resource.account}` : "",
    resource?.region ? ` in ${resource.region}` : "",
  ].join("");
  return `The call was for ${name}${place}. No table of that name is here that you may see, so there is no policy to offer. Ask whoever owns it.`;
}

function elsewhere({ resource }: DeniedCall, table: DeniedTable): string {
  const went = [resource?.account && `account ${resource.account}`, resource?.region].filter(Boolean);
  return `The call went to ${went.join(", ") || "another place"}, but ${table.name} is in account ${table.account}, ${table.region}. Check which Region and credentials the client uses; no policy of this table can help there.`;
}

/** What else to know or to try. */
export function notesOn(call: DeniedCall, verdict: DeniedVerdict): string[] {
  if (verdict.kind === "limited") {
    return [
      `The policy ${grantWords(verdict.grant)} of ${verdict.table.name} is needed besides: each of the two must allow it.`,
    ];
  }
  if (verdict.kind === "other-account") {
    const { policy } = call.cause;
    return [
      `In that account the policy is ${grantWords(verdict.grant)}.`,
      ...(policy && limits.has(policy)
        ? [
            `This call was refused because ${withArticle(policy)} does not allow it. It can be changed by ${keepers[policy]}.`,
          ]
        : []),
    ];
  }
  if (verdict.kind === "managed-key") {
    return [
      "Callers of other accounts cannot use an AWS-managed key, and a policy of the organization can still refuse it.",
    ];
  }
  if (verdict.kind === "explicit-deny" && isQuarantine(call)) {
    return [
      "AWS attaches this policy itself when it finds an access key in public. Treat the key as stolen: deactivate it and tell your security team before anything else.",
    ];
  }
  if (verdict.kind === "explicit-deny" && mayBeOurs(call)) {
    return [
      "A policy from here holds a Deny where it was made for HTTPS only (calls without TLS), or with PartiQL but without Scan (a SELECT that reads the whole table). See whether the caller has such a one.",
    ];
  }
  if (verdict.kind === "portal-does" || verdict.kind === "page-shows") {
    return [
      "If the caller is the role of this portal's own workers, it lacks what `npm run --silent tablewright -- role-policy ENVIRONMENT` prints.",
    ];
  }
  return verdict.kind === "granted" ? grantedNotes(call, verdict) : [];
}

const mayBeOurs = ({ cause, action }: DeniedCall) =>
  action.startsWith("dynamodb:") &&
  (cause.policy === null || cause.policy === "identity-based policy") &&
  !cause.policyArn?.includes(":iam::aws:policy/");

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html */
const isQuarantine = ({ cause }: DeniedCall) =>
  cause.policyArn?.includes(":iam::aws:policy/AWSCompromisedKeyQuarantine") ?? false;

function grantedNotes(call: DeniedCall, { table, grant }: DeniedVerdict & { kind: "granted" }): string[] {
  const { action, cause, resource, principal } = call;
  const onKey = action.startsWith("kms:");
  const has = principal?.kind === "role" || principal?.kind === "user" ? principal.name : "the caller";
  const notes = [
    table.arn === null || (onKey && table.kmsKeyArn === null)
      ? "The policy can be copied once the table is active and has been looked at."
      : "",
    onKey
      ? "It covers the table's key only as DynamoDB uses it for the caller (kms:ViaService), not calls to KMS itself. The key's own policy must let the account use it too: whoever manages the key can say."
      : "",
    action === "dynamodb:PartiQLSelect" && !grant.scan
      ? "A SELECT that reads the whole table needs Scan as well."
      : "",
    resource?.part?.kind === "index" ? "A policy without the line …/index/* does not cover the index." : "",
    principal?.name.startsWith("AWSReservedSSO_")
      ? "This role comes from IAM Identity Center: change its permission set there, not the role."
      : "",
    principal?.name.startsWith("AWSServiceRoleFor")
      ? "This role belongs to a service of AWS, which alone decides what it may do: let the service work with a role of your own."
      : "",
    principal?.kind === "root" || principal?.kind === "anonymous"
      ? "Policies cannot be attached to this caller: use a role."
      : "",
    onKey || grant.access === "stream"
      ? ""
      : `If ${has} has this policy already: one with item-level isolation (dynamodb:LeadingKeys) or chosen attributes refuses other items and attributes in the same words.`,
    cause.kind === "unsaid"
      ? "AWS does not say here which kind of policy refused; a boundary or a policy of the organization may be in the way too."
      : "",
  ];
  return notes.filter((note) => note !== "");
}

import { type DeniedPrincipal, type DeniedResource, parsePrincipal, resourceAt } from "./denied-call-arn.ts";
import { parseOtherDenial } from "./denied-call-shapes.ts";
import { joined, phrase, plainMessage } from "./denied-call-text.ts";

/** The kinds of policy that AWS names in an access-denied message. */
export const deniedPolicies = [
  "identity-based policy",
  "resource-based policy",
  "permissions boundary",
  "session policy",
  "service control policy",
  "resource control policy",
  "VPC endpoint policy",
] as const;
export type DeniedPolicy = (typeof deniedPolicies)[number];

/** Why AWS says it refused: a Deny, no Allow, KMS's words that do not tell which, a key that nobody can use, or nothing. */
export type DeniedCause = {
  kind: "explicit" | "implicit" | "key" | "unusable-key" | "unsaid";
  policy: DeniedPolicy | null;
  /** The policy with the Deny, where AWS names it. */
  policyArn: string | null;
};

export type DeniedCall = {
  principal: DeniedPrincipal | null;
  /** As IAM names it: `dynamodb:Query`. */
  action: string;
  resource: DeniedResource | null;
  cause: DeniedCause;
  /** The call of the API that failed, where it is told: `PutItem`. */
  operation: string | null;
  /** Further denials in the same paste that differ from this one. */
  more: number;
};

export type ParsedDenial =
  | { understood: true; call: DeniedCall }
  | { understood: false; problem: "empty" | "too-long" | "credentials" | "encoded" | "unclear" };

export const maxDeniedMessageCharacters = 20_000;

/**
 * Reads the first denial in a pasted access-denied message: of an SDK, the CLI, Terraform, a JSON body or a CloudTrail
 * event, however it was wrapped and escaped. Takes linear time and never throws.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function parseDeniedCall(message: string): ParsedDenial {
  if (message.length > maxDeniedMessageCharacters) return { understood: false, problem: "too-long" };
  const text = plainMessage(message).replace(consoleShape, asSentence);
  if (text === "") return { understood: false, problem: "empty" };
  const [first, ...others] = denials(text);
  if (!first) return parseOtherDenial(text);
  return { understood: true, call: { ...first, more: others.length } };
}

/** The AWS console lays the same facts out as a list. */
const consoleShape =
  /\bUser:\s{0,3}(\S{1,2048})\s{1,3}(?:Service:\s{0,3}\S{1,60}\s{1,3})?Action:\s{0,3}(\S{1,200})\s{1,3}On resource\(s\):\s{0,3}(\S{1,2048})(?:\s{1,3}Context:\s{0,3}([^\n]{1,500}))?/gi;

const asSentence = (_: string, principal: string, action: string, resource: string, context?: string) =>
  `User: ${principal} is not authorized to perform: ${action} on resource: ${resource}${context ? ` because ${context}` : ""}`;

const notAuthorized = new RegExp(`${phrase("not authorized to perform")}\\n?:?`, "gi");
const user = new RegExp(phrase("user:"), "gi");
const onResource = new RegExp(
  `[ \\n]${phrase("on")}[ \\n](?:t\\n?h\\n?(?:e|i\\n?s)[ \\n])?${phrase("resource")}`,
  "i",
);
const afterResource = new RegExp(
  ["because", "with an explicit", "due to", "("].map((words) => `[ \\n]${phrase(words)}`).join("|"),
  "i",
);

/** How far before and after the words "not authorized to perform" a message reaches. */
const mostCharacters = 3_000;

/** The denials in a text that differ, in their order. */
function denials(text: string): DeniedCall[] {
  const anchors = [...text.matchAll(notAuthorized)];
  const found = new Map<string, DeniedCall>();
  for (const [at, anchor] of anchors.entries()) {
    const start = anchor.index;
    const end = start + anchor[0].length;
    const previous = at === 0 ? 0 : anchors[at - 1]!.index + anchors[at - 1]![0].length;
    const next = anchors[at + 1]?.index ?? text.length;
    const before = text.slice(Math.max(previous, start - mostCharacters), start);
    const call = readDenial(before, text.slice(end, Math.min(next, end + mostCharacters)));
    if (!call) continue;
    const key = JSON.stringify([call.principal?.text, call.action, call.resource?.text]);
    if (!found.has(key)) found.set(key, call);
  }
  const all = [...found.values()];
  // A logger that cuts messages short is often followed by the whole message.
  return all.filter((one) => one.resource || !all.some((other) => other.resource && sameCall(one, other)));
}

const sameCall = (one: DeniedCall, other: DeniedCall) =>
  one.action === other.action && one.principal?.text === other.principal?.text;

function readDenial(before: string, after: string): DeniedCall | null {
  const on = onResource.exec(after);
  const action = actionOf(after, on?.index ?? -1);
  if (!action) return null;
  const named = on ? after.slice(on.index + on[0].length).replace(/^[ \n:"'`]{1,4}/, "") : "";
  const cut = /^[^ \n]{0,2048}[ \n]\(truncated/.test(named);
  const resource = on && !cut ? resourceAt(named, afterResource.exec(named)?.index ?? -1) : null;
  const operation = new RegExp(
    `(?:${phrase("when calling the")}|${phrase("operation error DynamoDB:")})[ \\n](\\w{1,60})`,
    "i",
  );
  return {
    principal: principalOf(before),
    action,
    resource,
    cause: causeOf(after),
    operation: operation.exec(before)?.[1] ?? null,
    more: 0,
  };
}

function actionOf(after: string, end: number): string | null {
  const piece = end >= 0 && end < 200 ? joined(after.slice(0, end)) : after.trim().slice(0, 200);
  const found = /^["'`]?([a-z0-9-]{1,60}):([a-z0-9]{1,100})/i.exec(piece);
  return found ? `${found[1]!.toLowerCase()}:${found[2]}` : null;
}

function principalOf(before: string): DeniedPrincipal | null {
  const label = [...before.matchAll(user)].at(-1);
  const is = new RegExp(`[ \\n]${phrase("is")}[ \\n]$`, "i").exec(before);
  const subject = before.slice(label ? label.index + label[0].length : 0, is?.index ?? before.length);
  const words = label ? joined(subject) : (subject.trim().split(/[ \n]/).at(-1) ?? "");
  const name = words.replace(/^["'`]|["'`]$/g, "").slice(0, 2_048);
  if (name === "" || (!label && !name.startsWith("arn:"))) return null;
  return parsePrincipal(name);
}

const explicitDeny = new RegExp(phrase("explicit deny"), "i");
const becauseNo = new RegExp(phrase("because no"), "i");
const keyRefuses = new RegExp(phrase("no resource-based policies allow"), "i");
const policyPhrases = deniedPolicies.map((policy) => ({ policy, words: new RegExp(phrase(policy), "i") }));

function causeOf(after: string): DeniedCause {
  const explicit = explicitDeny.exec(after);
  const implicit = explicit ? null : becauseNo.exec(after);
  const said = explicit ?? implicit;
  if (!said) return { kind: keyRefuses.test(after) ? "key" : "unsaid", policy: null, policyArn: null };
  const words = after.slice(said.index + said[0].length, said.index + 500);
  const [first] = policyPhrases
    .map(({ policy, words: one }) => ({ policy, found: one.exec(words.slice(0, 60)) }))
    .filter(({ found }) => found !== null)
    .toSorted((a, b) => a.found!.index - b.found!.index);
  const rest = first ? words.slice(first.found!.index + first.found![0].length) : "";
  const policyArn = /^\n?:[ \n]?(arn:[^ "'`,;)<]{1,300})/.exec(rest)?.[1] ?? null;
  return {
    kind: explicit ? "explicit" : "implicit",
    policy: first?.policy ?? null,
    policyArn: policyArn && joined(policyArn.split("\n")[0]!),
  };
}

import type { DeniedCall, ParsedDenial } from "./denied-call.ts";
import type { DeniedPrincipal } from "./denied-call-arn.ts";
import type { Grant } from "./denied-call-grant.ts";
import type { DeniedVerdict } from "./denied-call-verdict.ts";
import { notesOn, sentenceOf } from "./denied-call-words.ts";

/** What a person gets told of a denied call. */
export type DeniedAnswer = {
  verdict: DeniedVerdict["kind"] | "not-understood";
  /** The verdict in words. */
  summary: string;
  /** What else to know or to try, each a sentence or two. */
  notes: string[];
  who: string | null;
  action: string | null;
  resource: string | null;
  /** Where the policy is to be copied: with `grant` a policy of `table` carries the call. */
  grant: Grant | null;
  table: { id: string; name: string } | null;
  /** Further denials in the paste. */
  more: number;
};

/** The answer to a denial that was read. */
export function deniedAnswer(call: DeniedCall, verdict: DeniedVerdict): DeniedAnswer {
  const table = "table" in verdict ? verdict.table : null;
  return {
    verdict: verdict.kind,
    summary: sentenceOf(call, verdict),
    notes: notesOn(call, verdict),
    who: call.principal && whoIs(call.principal),
    action: call.action,
    resource: call.resource?.text ?? null,
    grant: "grant" in verdict ? verdict.grant : null,
    table: table && { id: table.id, name: table.name },
    more: call.more,
  };
}

const problems: Record<(ParsedDenial & { understood: false })["problem"], string> = {
  empty: "Paste the message first.",
  "too-long": "This is more than 20,000 characters. Paste the one message that says what was denied.",
  credentials:
    "This is not about permissions: AWS did not accept the credentials themselves. Renew or correct them, then look at the message that comes.",
  encoded:
    "This message is encoded. Have it decoded with `aws sts decode-authorization-message`, and paste the answer.",
  unclear:
    "This does not say what was denied. Paste the whole message, with the words “is not authorized to perform”, the action and the resource.",
};

/** The answer to a paste that nothing can be read from: what to paste instead. */
export function notUnderstood(problem: keyof typeof problems): DeniedAnswer {
  return {
    verdict: "not-understood",
    summary: problems[problem],
    notes: [],
    ...{ who: null, action: null, resource: null, grant: null, table: null, more: 0 },
  };
}

function whoIs({ kind, name, session, account }: DeniedPrincipal): string {
  const where = account ? ` of account ${account}` : "";
  if (kind === "role") return `role ${name}${where}${session ? ` (session ${session})` : ""}`;
  if (kind === "user") return `user ${name}${where}`;
  if (kind === "federated-user") return `federated user ${name}${where}`;
  if (kind === "root") return `root user${where}`;
  if (kind === "service") return `service ${name}`;
  if (kind === "anonymous") return "nobody: the request was not signed";
  return name;
}

import { dollars } from "#components/cost/dollars.ts";
import { usageWords } from "#components/cost/usage-words.ts";
import { absoluteWords } from "#components/ui/relative-words.ts";
import type { AuditEvents, AuditedName } from "#lib/core/audit.ts";
import type { RequestEventView } from "#lib/requests/schema.ts";
import type { Usage } from "#lib/table-spec/cost.ts";

type Told = { [N in AuditedName]: { event: N; data: AuditEvents[N] } }[AuditedName];

/** `who` stands in for the actor where somebody else is the better subject of the sentence; null: the actor. */
export type EventWords = { who: string | null; did: string };

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const by = (did: string): EventWords => ({ who: null, did });

/** What the approver assumed, where it was not what the requester said, and the estimate by it. */
function costWords({ usage, monthly_usd }: AuditEvents["request.approve"]): string {
  const [first, ...more] = Object.values((usage ?? {}) as Record<string, Usage>);
  if (!first) return "";
  const use = more.length === 0 ? usageWords(first) : `another use of ${more.length + 1} tables`;
  return `, assuming ${use}${monthly_usd === undefined ? "" : `: about ${dollars(monthly_usd)} a month in all`}`;
}

/**
 * What an audited event says in a timeline, as a subject and what it did. A name without words does not compile;
 * an event of a later version than this one is told by its name.
 */
export function eventWords(event: Pick<RequestEventView, "event" | "data">): EventWords {
  const told = event as Told;
  switch (told.event) {
    case "request.submit":
      return by(askedWords(told.data));
    case "request.approve-by-rule":
      return { who: `The rule ${told.data.rule}`, did: "approved it; it asks for nobody's approval" };
    case "request.refuse":
      return by(`tried to submit it and was refused: ${told.data.reason}`);
    case "request.resubmit":
      return by("changed and resubmitted it; it needs approval anew");
    case "request.approve":
      return by(
        `approved it for ${told.data.group}${told.data.complete ? ", the last approval it took" : ""}${costWords(told.data)}`,
      );
    case "request.reject":
      return by(`rejected it for ${told.data.group}`);
    case "request.send-back":
      return by(sentBackWords(told.data));
    case "request.re-evaluate":
      return by(`looked at it anew: ${told.data.changes.join("; ")}. Earlier approvals do not count`);
    case "request.cancel":
      return by(cancelledWords(told.data.unprotected ?? []));
    case "request.retry":
      return by(`started another try of ${listed(told.data.tables)}`);
    case "request.comment":
      return by("commented");
    case "request.expire":
      return by(`closed it: nobody decided within ${counted(told.data.afterDays, "day")}`);
    case "request.remind":
      return by(`reminded of it: it expires on ${absoluteWords(Date.parse(told.data.expiresAt))}`);
    case "request.start":
      return by(`began to ${told.data.kind === "decommission" ? "delete" : "create"} the tables`);
    case "request.complete":
      return by(finishedWords(told.data));
    case "request.fail":
      return by(`stopped: ${listed(told.data.failed)} could not be finished`);
    case "table.create":
      return by(`asked AWS for the table ${told.data.name}`);
    case "table.activate":
      return { who: told.data.name, did: activeWords(told.data.unsupported) };
    case "table.fail":
      return { who: told.data.name, did: `failed: ${told.data.problem.replace(/\.$/, "")}` };
    case "environment.check":
      return by(`had the environment checked: account ${told.data.account}, ${told.data.region}`);
    case "notification.resend":
      return by(`had a notification sent again: ${told.data.channel}`);
    case "channel.resend":
      return by(
        `had ${told.data.count === 1 ? "a notification" : `${told.data.count} notifications`} sent again`,
      );
    case "channel.test":
      return by(`asked for a test message${told.data.to ? ` to ${told.data.to}` : ""}`);
    case "table.delete":
      return by(`asked AWS to delete ${told.data.name}`);
    case "table.gone":
      return { who: told.data.name, did: goneWords(told.data) };
    case "token.create":
      return by("created an API token");
    case "token.revoke":
      return by("revoked an API token");
    case "session.revoke":
    case "person.end-sessions":
      return by("ended sessions");
    case "person.sign-in":
      return by("signed in");
    case "person.sign-out":
      return by("signed out");
    case "person.deactivate":
      return by(`deactivated ${told.data.email}`);
    case "person.reactivate":
      return by(`reactivated ${told.data.email}`);
    case "person.link":
      return by(`linked ${told.data.email} to an identity of the sign-in provider`);
    case "audit.export":
      return by(exportedWords(told.data));
    default:
      return unknownWords(told);
  }
}

const isDeletion = ({ kind }: { kind?: string }) => kind === "decommission";

function askedWords({ kind, tables }: AuditEvents["request.submit"]): string {
  if (!isDeletion({ kind })) return `asked for ${counted(tables.length, "table")}`;
  return `asked to delete ${tables.length === 1 ? tables[0]?.name : counted(tables.length, "table")}`;
}

function sentBackWords(data: AuditEvents["request.send-back"]): string {
  if ("group" in data) return `sent it back for ${data.group}`;
  return data.because === "plan"
    ? "sent it back, because it would not be made as it was approved"
    : "sent it back, because guardrails refuse it";
}

function finishedWords({ tables, kind }: AuditEvents["request.complete"]): string {
  const what = isDeletion({ kind }) ? "gone" : "ready";
  return tables === 1 ? `finished: the table is ${what}` : `finished: all ${tables} tables are ${what}`;
}

function cancelledWords(unprotected: readonly string[]): string {
  if (unprotected.length === 0) return "cancelled it";
  return `cancelled it; deletion protection of ${listed(unprotected)} is off since, and was left so`;
}

function goneWords({ by, another }: AuditEvents["table.gone"]): string {
  const how = by === "us" ? "is gone" : "was deleted outside Tablewright already";
  return another
    ? `${how}; another table has its name now, which was not touched`
    : `${how}, and its name is free`;
}

function activeWords(unsupported: readonly string[]): string {
  if (unsupported.length === 0) return "is ready to use";
  return `is ready to use, without what its endpoint does not support: ${listed(unsupported)}`;
}

function exportedWords({ as, filters }: AuditEvents["audit.export"]): string {
  const narrowed = Object.entries(filters).map(([name, value]) => `${name} ${value}`);
  const what = as === "csv" ? "CSV" : "JSON lines";
  return `took the audit away as ${what}${narrowed.length > 0 ? `, narrowed to ${listed(narrowed)}` : ""}`;
}

function unknownWords(told: never): EventWords {
  return by((told as { event: string }).event);
}

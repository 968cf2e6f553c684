import type { Decision } from "#lib/core/decision.ts";
import type { Result } from "#lib/core/result.ts";
import type { RequestView } from "#lib/requests/schema.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";

export type ApprovalEntryView = {
  rule: string;
  group: string;
  count: number;
  given: number;
  /** Names of those who gave it. */
  people: string[];
  /** Names of the first of those who can give the next one, the reader's before all. */
  next: string[];
  /** How many can. */
  nextCount: number;
};

export type Permission = "approve" | "reject" | "send_back" | "cancel" | "retry" | "resubmit" | "comment";

/** What of a request's page changes while one looks at it; `GET /api/requests/{id}` answers it. */
export type LiveRequestView = {
  request: RequestView;
  may: Record<Permission, Decision>;
  approvals: ApprovalEntryView[];
  /** When it expires unless somebody does something (ISO 8601); null: it waits for nobody, or its time is over. */
  expires_at: string | null;
  paused: boolean;
  environment_configured: boolean;
  /** The hash of what is approved; null: there is none. */
  pin: string | null;
  /** What guardrails warn of: whoever approves acknowledges each. */
  warnings: readonly Finding[];
  /** Why nobody can approve it now, whoever they are; null: they can. */
  unapprovable: string | null;
};

/** One call of a table's plan; `input` is the JSON sent to AWS, indented. */
export type PlannedStep = { call: string; summary: string; input: string; effect: string };

export type DecisionVerb = "approve" | "reject" | "send_back" | "cancel" | "retry";
export type DecisionInput = {
  id: string;
  version: number;
  comment?: string;
  acknowledged?: string[];
  usage?: Record<string, Usage>;
};

/** The verbs as server actions; a refusal comes back as a Failure. */
export type RequestActions = Record<DecisionVerb, (input: DecisionInput) => Promise<Result<unknown>>> & {
  comment: (input: { id: string; comment: string }) => Promise<Result<unknown>>;
};

/**
 * Changes whenever the parts of the page that the server renders need another look: content, state, and how many
 * tables are ready, or gone.
 */
export function contentSignature({ version, state, tables }: RequestView): string {
  return [
    version,
    state,
    tables.filter(({ state }) => state === "active" || state === "deleted").length,
  ].join(" ");
}

/** Whether a request in this state will make no more tables: those that are not there will not come. */
export function isOver(state: RequestView["state"]): boolean {
  return ["completed", "rejected", "cancelled", "expired"].includes(state);
}

/** Milliseconds until the next look at a request in this state; false: nothing of it changes by itself. */
export function pollMilliseconds(state: RequestView["state"]): number | false {
  switch (state) {
    case "approved":
    case "provisioning":
      return 1000;
    case "submitted":
    case "sent_back":
    case "failed":
      return 5000;
    case "draft":
    case "completed":
    case "rejected":
    case "cancelled":
    case "expired":
      return false;
  }
}

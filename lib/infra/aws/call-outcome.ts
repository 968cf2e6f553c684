import { absences, expiries, factsOf, throttles } from "./failure.ts";
import { denials } from "./failure-advice.ts";

/** The kinds of outcome that metrics tell apart. */
type CallOutcome = "absent" | "throttled" | "denied" | "expired" | "refused" | "fault" | "no_answer";

/** What became of a call that threw, for metrics. */
export function outcomeOf(error: unknown): CallOutcome {
  const { name, status, silent } = factsOf(error);
  if (absences.has(name)) return "absent";
  if (throttles.has(name)) return "throttled";
  if (denials.has(name)) return "denied";
  if (expiries.has(name)) return "expired";
  if (silent || status === null) return "no_answer";
  return status >= 500 ? "fault" : "refused";
}

/** Whether the answer is that there is no such table: whoever gets it had the right to ask. */
export function saysAbsent(error: unknown): boolean {
  return outcomeOf(error) === "absent";
}

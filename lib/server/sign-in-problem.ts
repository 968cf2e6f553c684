import { type SignInRefusal, signInRefusals } from "#lib/people/claims.ts";

const others = ["failed", "again", "busy", "unavailable"] as const;

/** Why somebody is back at the sign-in page; the page has words for each, and takes no other from its address. */
export type SignInProblem = SignInRefusal | (typeof others)[number];

export function isSignInProblem(value: unknown): value is SignInProblem {
  return [...signInRefusals, ...others].some((one) => one === value);
}

const words: Record<SignInProblem, string> = {
  failed:
    "Signing in did not work. Try again; if it stays, tell the platform team the reference below: it finds the reason in the log.",
  again: "This sign-in took too long, was used already, or began in another browser. Please sign in again.",
  busy: "Many people are signing in from your network. Try again in a minute.",
  unavailable: "The sign-in provider or the database does not answer at the moment. Try again in a minute.",
  "email-missing":
    "The sign-in provider told no e-mail address of yours, and Tablewright needs one. Whoever runs the provider can add the claim email.",
  "email-unverified":
    "The sign-in provider says that your e-mail address is not verified. Verify it there, then sign in again.",
  "email-taken":
    "Your e-mail address belongs to another account here, so this one was not let in. Tell the platform team the reference below: if both accounts are you, they can link them with the command that the log names.",
  deactivated: "This account is deactivated. If you need it, ask the platform team to reactivate it.",
};

/** What the sign-in page says, by the `problem` of its address; null for none. */
export function signInProblemWords(value: unknown): string | null {
  if (value === undefined) return null;
  return words[isSignInProblem(value) ? value : "failed"];
}

/** The reference in the page's address, if it is one of ours. */
export function readReference(value: unknown): string | null {
  return typeof value === "string" && /^[0-9a-f]{8}$/.test(value) ? value : null;
}

/** An error as one line for the log: names, codes and messages, never the tokens that errors of a protocol may carry. */
export function failureReason(error: unknown): string {
  const parts: string[] = [];
  for (let one = error; one instanceof Error && parts.length < 4; one = one.cause) {
    const { code, error: told } = one as { code?: unknown; error?: unknown };
    const codes = [code, told].filter((part) => typeof part === "string").join(" ");
    parts.push(`${one.name}${codes && ` (${codes})`}: ${one.message.slice(0, 300)}`);
  }
  return parts.join("; ") || "unknown";
}

import * as z from "zod";
import { AppError } from "#lib/core/errors.ts";

/** What a sign-in tells of a person. */
export type ClaimedPerson = {
  email: string;
  name: string;
  groups: string[];
  /** Why there are no groups, in words; null where the claim was in order. */
  groupsProblem: string | null;
};

/** Why a sign-in is refused; the sign-in page has words for each. */
export const signInRefusals = ["email-missing", "email-unverified", "email-taken", "deactivated"] as const;
export type SignInRefusal = (typeof signInRefusals)[number];

/** FORBIDDEN, with the refusal as the id of its one entry. */
export function refuseSignIn(id: SignInRefusal, message: string): AppError {
  return new AppError("FORBIDDEN", message, { errors: [{ path: "", message, id }] });
}

const mostGroups = 2_000;
const storable = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text);
const email = z.email().max(320);
const groups = z.array(z.string().min(1).max(256).refine(storable)).max(mostGroups);

/**
 * Reads e-mail, name and groups out of the provider's claims. Groups that are absent or not a list of texts are no
 * groups, never those of last time. An absent `email_verified` says nothing; one that says no refuses the sign-in,
 * because the configuration may name people by e-mail.
 * Throws FORBIDDEN by `refuseSignIn`.
 */
export function readClaims(claims: Record<string, unknown>, groupsClaim: string): ClaimedPerson {
  const address = email.safeParse(claims.email);
  if (!address.success) {
    throw refuseSignIn(
      "email-missing",
      "The sign-in provider sent no e-mail address, and Tablewright needs one.",
    );
  }
  if (claims.email_verified === false || claims.email_verified === "false") {
    throw refuseSignIn(
      "email-unverified",
      "The sign-in provider says that the e-mail address is not verified.",
    );
  }
  const lower = address.data.toLowerCase();
  return { email: lower, name: readName(claims) ?? lower, ...readGroups(claims, groupsClaim) };
}

function readName({ name, preferred_username }: Record<string, unknown>): string | null {
  for (const text of [name, preferred_username]) {
    if (typeof text !== "string" || !text.isWellFormed()) continue;
    const clean = text
      .replace(/\p{Cc}+/gu, " ")
      .trim()
      .slice(0, 200)
      .toWellFormed();
    if (clean) return clean;
  }
  return null;
}

function readGroups(
  claims: Record<string, unknown>,
  claim: string,
): Pick<ClaimedPerson, "groups" | "groupsProblem"> {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  if (value === undefined || value === null) {
    return {
      groups: [],
      groupsProblem: `The sign-in provider sent no claim "${claim}", so there are no groups.`,
    };
  }
  const read = groups.safeParse(value);
  if (read.success) return { groups: [...new Set(read.data)], groupsProblem: null };
  const why = `The claim "${claim}" of the sign-in provider is not a list of at most ${mostGroups} names, so there are no groups.`;
  return { groups: [], groupsProblem: why };
}

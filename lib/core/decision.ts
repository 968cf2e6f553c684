/** What a policy predicate answers; a denial carries the reason that people are shown. */
export type Decision = { allowed: true } | { allowed: false; reason: string };

export const allow: Decision = { allowed: true };

/** A denial with the reason in words for the person who meets it. */
export const deny = (reason: string): Decision => ({ allowed: false, reason });

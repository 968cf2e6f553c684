/** What a policy predicate answers; a denial carries the reason that people are shown. */
export type Decision = { allowed: true } | { allowed: false; reason: string };

export const allow: Decision = { allowed: true };

/** A denial with the reason in words for the person who meets it. */
export const deny = (reason: string): Decision => ({ allowed: false, reason });

/** For what no person does, whatever groups they are in: the workers, signing in, the command line. */
export const onlySystem = (actor: { kind: string }): Decision =>
  actor.kind === "system" ? allow : deny("Only Tablewright itself does this");

export const tokenScopes = ["read", "request", "approve"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** A person with what the configuration gives them, as a value: passed to every command and query. */
export type UserActor = {
  kind: "user";
  id: string;
  email: string;
  name: string;
  groups: readonly string[];
  /** Projects whose tables this person may see and ask for. */
  projects: readonly string[];
  /** Of the platform group: sees everything, may ask anywhere. */
  platform: boolean;
  /** Of the auditor group: sees everything and changes nothing, whatever other groups they are in. */
  auditor: boolean;
  /** Null in a browser session; the scopes of the token over the API. */
  scopes: readonly TokenScope[] | null;
};

export type SystemActor = { kind: "system"; job: string };

/** Who does something. Attribution is derived from it, never from input. */
export type Actor = UserActor | SystemActor;

/** Sees what everybody has: the platform group and the auditors. */
export function seesAll(actor: UserActor): boolean {
  return actor.platform || actor.auditor;
}

/** The actor's name as audit rows and timelines show it. */
export function actorName(actor: Actor): string {
  return actor.kind === "user" ? actor.name : "Tablewright";
}

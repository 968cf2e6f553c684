import * as z from "zod";
import { tokenScopes } from "#lib/core/actor.ts";

/** What a person chooses for a token of their own. `expires_days`: 1 to 365. */
export const newTokenInput = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Say what the token is for")
    .max(100, "At most 100 characters")
    .regex(/^\P{Cc}*$/u, "One line, please"),
  scopes: z.array(z.enum(tokenScopes)).min(1, "Choose at least one").max(tokenScopes.length),
  expires_days: z.int("A whole number of days").min(1, "At least 1 day").max(365, "At most 365 days"),
});

/** A token as lists show it. Times are ISO 8601. */
export type TokenView = {
  id: string;
  name: string;
  /** The token's first characters. */
  prefix: string;
  scopes: string[];
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
};

/** A browser that is signed in. */
export type SessionView = {
  id: string;
  /** The browser that looks at this. */
  current: boolean;
  /** What the browser says it is; null where it says nothing. */
  user_agent: string | null;
  address: string | null;
  created_at: string;
  seen_at: string;
};

/** A person as the platform group sees them. */
export type PersonView = {
  id: string;
  email: string;
  name: string;
  groups: string[];
  groups_problem: string | null;
  deactivated_at: string | null;
  /** How many browsers are signed in, and how many tokens work. */
  sessions: number;
  tokens: number;
};

export type AccountView = { person: PersonView; sessions: SessionView[]; tokens: TokenView[] };

/** A group of the configuration, and who is known to be in it. */
export type GroupView = {
  name: string;
  /** What the group is there for, in words. */
  roles: string[];
  /** People who have signed in and were in the group then. */
  members: { name: string; email: string }[];
};

/** A project and whom the configuration makes its developers. */
export type ProjectMembersView = { name: string; groups: string[]; emails: string[] };

export type PeopleSettings = {
  groups: GroupView[];
  /** Those the reader may see. */
  projects: ProjectMembersView[];
};

/** The answer of `GET /me`. */
export const meView = z.object({
  email: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
  /** Those whose tables this person may see and ask for. */
  projects: z.array(z.string()),
  scopes: z
    .array(z.enum(tokenScopes))
    .nullable()
    .describe("What the token may do; null in a browser session."),
});

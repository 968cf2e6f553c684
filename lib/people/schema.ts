import * as z from "zod";
import { tokenScopes } from "#lib/core/actor.ts";

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

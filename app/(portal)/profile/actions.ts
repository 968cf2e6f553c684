"use server";

import { createOwnToken } from "#lib/people/create-token.ts";
import { endSessions } from "#lib/people/end-sessions.ts";
import { revokeSession } from "#lib/people/revoke-session.ts";
import { revokeToken } from "#lib/people/revoke-token.ts";
import { runAction } from "#lib/server/run-action.ts";

export const newToken = async (input: unknown) => runAction((actor) => createOwnToken(actor, input));
export const endToken = async (input: unknown) => runAction((actor) => revokeToken(actor, input));
export const endSession = async (input: unknown) => runAction((actor) => revokeSession(actor, input));
export const endManySessions = async (input: unknown) => runAction((actor) => endSessions(actor, input));

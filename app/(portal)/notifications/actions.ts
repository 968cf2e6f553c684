"use server";

import { markNoticesRead } from "#lib/notifications/mark-read.ts";
import { runAction } from "#lib/server/run-action.ts";

export const markRead = async (input: unknown) => runAction((actor) => markNoticesRead(actor, input));

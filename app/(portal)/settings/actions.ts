"use server";

import { checkEnvironment } from "#lib/environments/check.ts";
import { runAction } from "#lib/server/run-action.ts";

export const check = async (input: unknown) => runAction((actor) => checkEnvironment(actor, input));

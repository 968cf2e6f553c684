"use server";

import { resubmitRequest } from "#lib/requests/resubmit.ts";
import { runAction } from "#lib/server/run-action.ts";

export const resubmit = async (input: unknown) => runAction((actor) => resubmitRequest(actor, input));

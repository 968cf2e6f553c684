"use server";

import { approveMany } from "#lib/requests/approve-many.ts";
import { runAction } from "#lib/server/run-action.ts";

export const approveSelected = async (input: unknown) => runAction((actor) => approveMany(actor, input));

"use server";

import { submitRequest } from "#lib/requests/submit.ts";
import { runAction } from "#lib/server/run-action.ts";

export const submit = async (input: unknown) => runAction((actor) => submitRequest(actor, input));

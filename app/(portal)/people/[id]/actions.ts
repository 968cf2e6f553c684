"use server";

import { deactivatePerson } from "#lib/people/deactivate.ts";
import { reactivatePerson } from "#lib/people/reactivate.ts";
import { runAction } from "#lib/server/run-action.ts";

export const deactivate = async (input: unknown) => runAction((actor) => deactivatePerson(actor, input));
export const reactivate = async (input: unknown) => runAction((actor) => reactivatePerson(actor, input));

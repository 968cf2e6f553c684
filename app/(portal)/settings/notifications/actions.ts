"use server";

import { resendNotification } from "#lib/notifications/resend.ts";
import { runAction } from "#lib/server/run-action.ts";

export const resend = async (input: unknown) => runAction((actor) => resendNotification(actor, input));

"use server";

import { resendNotification } from "#lib/notifications/resend.ts";
import { testChannel } from "#lib/notifications/test-channel.ts";
import { runAction } from "#lib/server/run-action.ts";

export const resend = async (input: unknown) => runAction((actor) => resendNotification(actor, input));

export const test = async (input: unknown) => runAction((actor) => testChannel(actor, input));

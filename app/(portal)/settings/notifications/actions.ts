"use server";

import { resendNotification } from "#lib/notifications/resend.ts";
import { resendChannel } from "#lib/notifications/resend-channel.ts";
import { testChannel } from "#lib/notifications/test-channel.ts";
import { runAction } from "#lib/server/run-action.ts";

export const resend = async (input: unknown) => runAction((actor) => resendNotification(actor, input));

export const resendAll = async (input: unknown) => runAction((actor) => resendChannel(actor, input));

export const test = async (input: unknown) => runAction((actor) => testChannel(actor, input));

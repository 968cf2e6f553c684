"use server";

import { approveRequest } from "#lib/requests/approve.ts";
import { cancelRequest } from "#lib/requests/cancel.ts";
import { commentOnRequest } from "#lib/requests/comment.ts";
import { rejectRequest } from "#lib/requests/reject.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { sendBackRequest } from "#lib/requests/send-back.ts";
import { runAction } from "#lib/server/run-action.ts";

export const approve = async (input: unknown) => runAction((actor) => approveRequest(actor, input));
export const reject = async (input: unknown) => runAction((actor) => rejectRequest(actor, input));
export const sendBack = async (input: unknown) => runAction((actor) => sendBackRequest(actor, input));
export const cancel = async (input: unknown) => runAction((actor) => cancelRequest(actor, input));
export const retry = async (input: unknown) => runAction((actor) => retryRequest(actor, input));
export const comment = async (input: unknown) => runAction((actor) => commentOnRequest(actor, input));

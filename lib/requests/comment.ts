import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { canComment } from "./policy.ts";
import { commentBody } from "./schema.ts";
import { lockRequest } from "./store.ts";

/** Adds to the conversation; changes neither state nor version. Throws NOT_FOUND, CONFLICT for a draft. */
export const commentOnRequest = command({
  name: "request.comment",
  input: commentBody.extend({ id: z.guid() }),
  load: (tx, input, actor) => lockRequest(tx, input.id, actor),
  authorize: canComment,
  run: async ({ tx, input, subject }) => {
    if (subject.state === "draft")
      throw new AppError("CONFLICT", "A draft has no conversation; submit it first.");
    await tx.request.update({ where: { id: subject.id }, data: { updatedAt: new Date() } });
    return {
      result: { id: subject.id, number: subject.number },
      subject: { id: subject.id, version: subject.version },
      comment: input.comment,
      audit: {},
    };
  },
});

import * as z from "zod";
import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { canDraft } from "./policy.ts";
import { lockRequest } from "./store.ts";

/** Deletes a draft for good. Throws NOT_FOUND, or CONFLICT when it was submitted meanwhile. */
export const discardDraft = command({
  name: "draft.discard",
  input: z.strictObject({ id: z.guid() }),
  load: (tx, input, actor) => lockRequest(tx, input.id, actor),
  authorize: canDraft,
  run: async ({ tx, subject }) => {
    if (subject.state !== "draft") {
      throw new AppError("CONFLICT", `This draft was submitted as request ${subject.number}.`);
    }
    await tx.request.delete({ where: { id: subject.id } });
    return { result: null, audit: null, subject };
  },
});

import { command } from "#lib/core/command.ts";
import { AppError } from "#lib/core/errors.ts";
import { type DraftContent, saveDraftInput } from "./draft-schema.ts";
import { canDraft } from "./policy.ts";
import { lockRequest } from "./store.ts";

const maxDraftsPerPerson = 50;

/**
 * Keeps what the wizard holds. Makes the draft at first, and answers its id. Notes of an import stay until content
 * comes that has notes itself.
 * Throws CONFLICT when it was submitted meanwhile, LIMIT beyond 50 drafts of one person.
 */
export const saveDraft = command({
  name: "draft.save",
  input: saveDraftInput,
  load: async (tx, input, actor) => (input.id ? lockRequest(tx, input.id, actor) : null),
  authorize: canDraft,
  run: async ({ tx, actor, input, subject }) => {
    if (subject && subject.state !== "draft") {
      throw new AppError("CONFLICT", `This draft was submitted as request ${subject.number}.`);
    }
    const { project, environment } = input.content;
    const searchText = project.toLowerCase();
    const data = {
      project,
      environment,
      searchText,
      draft: withNotes(input.content, subject?.draft) as object,
    };
    if (subject) {
      const saved = await tx.request.update({ where: { id: subject.id }, data });
      return {
        result: { id: saved.id, saved_at: saved.updatedAt.toISOString() },
        audit: null,
        subject: saved,
      };
    }
    const requesterId = actor.kind === "user" ? actor.id : "";
    const drafts = await tx.request.count({ where: { requesterId, state: "draft" } });
    if (drafts >= maxDraftsPerPerson) {
      throw new AppError("LIMIT", `You have ${drafts} drafts. Discard some of them first.`, {
        retryAfterSeconds: 60,
      });
    }
    const made = await tx.request.create({ data: { ...data, state: "draft", requesterId } });
    return { result: { id: made.id, saved_at: made.updatedAt.toISOString() }, audit: null, subject: made };
  },
});

/** The content with the notes that are stored, where it brings none of its own. */
function withNotes(content: DraftContent, stored: unknown): DraftContent {
  const { notes } = (stored ?? {}) as Partial<DraftContent>;
  return content.notes === undefined && notes !== undefined ? { ...content, notes } : content;
}

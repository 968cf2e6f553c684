import * as z from "zod";

/** Most notes a draft keeps. */
export const maxDraftNotes = 200;

const draftNote = z.strictObject({ path: z.string().max(400), message: z.string().max(1000) });

/** Something an import could not take over; `path` is a path into what was imported, such as an HCL path. */
export type DraftNote = z.output<typeof draftNote>;

/**
 * What the wizard holds, kept as typed: half a form must survive. Only its size and outline are checked; the
 * real rules are applied at preview and submit.
 */
export const draftContent = z.strictObject({
  project: z.string().max(255),
  environment: z.string().max(255),
  justification: z.string().max(5000),
  step: z.string().max(50),
  tables: z
    .array(z.strictObject({ key: z.string().max(300), spec: z.record(z.string().max(300), z.unknown()) }))
    .max(100),
  /**
   * Only of a draft that was imported, and [] once they were dismissed. The form never sends them back: left out,
   * a stored draft keeps the notes it has.
   */
  notes: z.array(draftNote).max(maxDraftNotes).optional(),
});
export type DraftContent = z.output<typeof draftContent>;

/** The body of `PUT /api/drafts`: without an id a new draft is made. */
export const saveDraftInput = z.strictObject({ id: z.guid().nullable(), content: draftContent });

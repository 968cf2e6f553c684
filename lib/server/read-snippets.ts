import "server-only";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { makeSnippets } from "#lib/tables/snippets.ts";

export type SnippetSelection = { table_ids: string[] } | { request_id: string };

/** A format of the API and its options, as text. */
export type WantedSnippet = { format: string; options: Record<string, string> };

/**
 * The code of tables for a page: files and what they do not say; in words why there is none yet (CONFLICT); or what is
 * wrong with the options (INVALID). Throws NOT_FOUND.
 */
export async function readSnippets(actor: UserActor, selection: SnippetSelection, wanted: WantedSnippet) {
  try {
    return { state: "made" as const, ...(await makeSnippets(actor, { ...selection, ...wanted })) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "CONFLICT") return { state: "none" as const, reason: error.message };
    if (error.code !== "INVALID") throw error;
    return { state: "refused" as const, message: error.message, errors: error.errors };
  }
}

import type { SnippetFile, SnippetWarning } from "#lib/snippets/snippet.ts";

/** What is said of a policy beside its text. */
export type PolicyFacts = {
  statements: readonly { sid: string; sentence: string }[];
  /** As IAM counts it, and beside each of its quotas. */
  size: {
    characters: number;
    quotas: readonly { id: QuotaId; limit: number; fits: boolean }[];
  };
};
export type QuotaId = "managed" | "inline_role" | "inline_group" | "inline_user";

/** A file of code; a policy's comes with what is said of it. */
export type ShownFile = SnippetFile & Partial<PolicyFacts>;

/** The code of a choice, why there is none yet, or what is wrong with the options. */
export type SnippetOutcome =
  | {
      state: "made";
      files: readonly ShownFile[];
      warnings: readonly SnippetWarning[];
      /** What a policy lets a role do. */
      summary?: string;
    }
  | { state: "none"; reason: string }
  | { state: "refused"; message: string; errors: readonly { path: string; message: string }[] };

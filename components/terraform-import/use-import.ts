"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { fetchJson } from "#lib/client/fetch-json.ts";
import { AppError } from "#lib/core/errors.ts";
import type { DraftContent } from "#lib/requests/draft-schema.ts";
import { type Found, foundDraft } from "./found.ts";

/** `beside` is what is wrong with the text, the first first; what else went wrong is `message`. */
type Problem = { beside: string[] } | { message: string };

/** Reads HCL and opens what was found in the wizard; `found` stays while the text is changed, until it is read again. */
export function useImport(place: Pick<DraftContent, "project" | "environment">) {
  const router = useRouter();
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState<"read" | "open" | null>(null);

  const attempt = async (what: "read" | "open", act: () => Promise<void>): Promise<Problem | null> => {
    setPending(what);
    setProblem(null);
    try {
      await act();
      return null;
    } catch (error) {
      const refused = problemOf(error);
      setProblem(refused);
      setPending(null);
      return refused;
    }
  };

  /** Answers why it could not be read; null when it was. */
  const read = (hcl: string) =>
    attempt("read", async () => {
      setFound(await fetchJson<Found>("/api/imports", { body: { hcl } }));
      setPending(null);
    });
  /** Stays pending until the wizard is there. */
  const open = () =>
    attempt("open", async () => {
      if (!found) return;
      const body = { id: null, content: foundDraft(found, place) };
      const draft = await fetchJson<{ id: string }>("/api/drafts", { method: "PUT", body });
      router.push(`/requests/new?draft=${draft.id}`);
    });
  const refuse = (beside: string) => setProblem({ beside: [beside] });

  return { found, problem, pending, read, open, refuse };
}

function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const beside = error instanceof AppError && error.errors.filter(({ path }) => path === "/hcl");
  return beside && beside.length > 0 ? { beside: beside.map((one) => one.message) } : { message };
}

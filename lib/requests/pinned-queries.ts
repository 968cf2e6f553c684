import { AppError } from "#lib/core/errors.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import { judge } from "./judge.ts";
import type { Requirement } from "./schema.ts";
import type { RequestRow } from "./view.ts";

/** What an approval of the request is given to, as its page shows it. */
export type PinnedPage = {
  /** The hash of what is approved; null for a draft, and for a request from before there were pins. */
  pin: string | null;
  /** What guardrails warn of: whoever approves acknowledges each. */
  warnings: Finding[];
  /** Why nobody can approve the request that waits, whoever they are; null: they can. */
  unapprovable: string | null;
};

/** Reads nothing but the row. */
export function pinnedForPage(row: RequestRow): PinnedPage {
  const findings = row.findings as Finding[];
  return {
    pin: row.pin,
    warnings: findings.filter(({ level }) => level === "warn"),
    unapprovable: row.state === "submitted" ? whyNot(row) : null,
  };
}

function whyNot(row: RequestRow): string | null {
  try {
    judge({ ...row, required: row.required as Requirement[] });
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

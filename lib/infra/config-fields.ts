import { z } from "zod";
import { closest } from "#lib/core/spelling.ts";

const unknownKey = (known: string[]) => (issue: { code?: string; keys?: string[] }) =>
  issue.code === "unrecognized_keys"
    ? issue.keys?.map((key) => unknownKeyMessage(key, known)).join("\n")
    : undefined;

/** An object of exactly these keys; the message of an unknown key names the one that was probably meant. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: unknownKey(Object.keys(shape)) });
}

/** A text that a check accepts; the check answers what is wrong, or null. */
export function checkedText(check: (text: string) => string | null) {
  return z.string().superRefine((text, context) => {
    const message = check(text);
    if (message) context.addIssue({ code: "custom", message });
  });
}

/** A text that fits a pattern; `message` says what it must be. */
export const matching = (pattern: RegExp, message: string) => z.string().regex(pattern, message);

/** A name or value on one line. */
export const line = matching(
  /^(?=\S)[^\p{Cc}]{1,256}(?<=\S)$/u,
  "must be 1 to 256 characters on one line, no space around",
);

export type Issues = z.core.$RefinementCtx;

/** Checks that look at a whole list run although single rules have faults, so that every problem is listed. */
export const beside = {
  when: ({ value }: { value: unknown }) => Array.isArray(value) && value.every(isRecord),
};

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownKeyMessage(key: string, known: string[]): string {
  const meant = closest(key, known);
  const shown = JSON.stringify(key.slice(0, 80));
  return `unknown key ${shown}; ${meant ? `did you mean "${meant}"?` : `there are ${known.join(", ")}`}`;
}

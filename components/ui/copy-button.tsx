"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { writeClipboard } from "#components/ui/write-clipboard.ts";

type CopyButtonProps = {
  text: string;
  /** What is copied, as in "Copy {what}": "table ARN". */
  what: string;
  /** Shows the words, as a button; absent: an icon alone. */
  variant?: ButtonVariant;
};

const confirmMilliseconds = 2000;

/** Copies and confirms, to eye and ear. `CopyButton({ text, what, variant })`. */
export function CopyButton({ text, what, variant }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const copy = async () => {
    setOutcome((await writeClipboard(text)) ? "copied" : "failed");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOutcome(null), confirmMilliseconds);
  };

  const word = outcome === "copied" ? "Copied" : outcome === "failed" ? "Select it and copy by hand" : null;
  return (
    <span className="relative inline-flex shrink-0">
      <button
        type="button"
        onClick={copy}
        aria-label={variant ? undefined : `Copy ${what}`}
        className={
          variant
            ? buttonClass(variant)
            : "cursor-pointer rounded-sm p-1 text-ink-3 leading-none hover:bg-accent-soft hover:text-accent"
        }
      >
        <Icon
          icon={outcome === "copied" ? Check : Copy}
          className={outcome === "copied" && !variant ? "text-ok" : ""}
        />
        {variant ? `Copy ${what}` : null}
      </button>
      <span
        aria-live="polite"
        className={classNames(
          "pointer-events-none absolute right-0 bottom-full z-20 mb-1 w-max rounded-sm bg-ink px-1.5 py-0.5 font-sans text-paper text-xs",
          !word && "sr-only",
        )}
      >
        {word}
      </span>
    </span>
  );
}

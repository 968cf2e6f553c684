import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** The classes every text control shares. */
export const controlClass =
  "w-full min-w-0 rounded-md border border-line-strong bg-card px-2.5 py-1.5 text-ink disabled:bg-sunken disabled:text-ink-2 aria-invalid:border-bad focus-visible:outline-offset-0";

type InputProps = ComponentProps<"input"> & {
  /** A name, key or ARN: monospaced, no spelling help. */
  mono?: boolean;
};

/** A text input. `Input({ mono, ...input })`. */
export function Input({ mono, className, ...input }: InputProps) {
  const plain = mono ? { spellCheck: false, autoCapitalize: "none", autoComplete: "off" } : {};
  return (
    <input
      type="text"
      {...plain}
      {...input}
      className={classNames(controlClass, mono && "font-mono", className)}
    />
  );
}

/** A text area. `Textarea({ ...textarea })`. */
export function Textarea({ className, ...textarea }: ComponentProps<"textarea">) {
  return <textarea rows={4} {...textarea} className={classNames(controlClass, className)} />;
}

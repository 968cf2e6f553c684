import { classNames } from "#components/ui/class-names.ts";

export type ButtonVariant = "default" | "primary" | "quiet" | "danger";

const variants: Record<ButtonVariant, string> = {
  default: "border-line-strong bg-card text-ink shadow-card hover:bg-sunken",
  primary: "border-accent bg-accent text-on-accent shadow-card hover:brightness-110",
  quiet: "border-transparent px-2 text-ink-2 hover:bg-sunken hover:text-ink",
  danger: "border-line-strong bg-card text-bad shadow-card hover:bg-bad-soft",
};

/** The classes of a button, for links and summaries that look like one. */
export function buttonClass(variant: ButtonVariant = "default"): string {
  return classNames(
    "inline-flex min-h-8 cursor-pointer items-center justify-center gap-1.5 rounded-md border px-3 py-1 text-center font-medium",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    variants[variant],
  );
}

import type { LucideIcon } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";

/** An icon at text size, hidden from screen readers: the word beside it says the same. */
export function Icon({ icon: Glyph, className }: { icon: LucideIcon; className?: string }) {
  return (
    <Glyph aria-hidden="true" strokeWidth={1.9} className={classNames("size-3.5 shrink-0", className)} />
  );
}

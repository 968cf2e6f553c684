import { classNames } from "#components/ui/class-names.ts";

type ChipProps = {
  children: string;
  /** Stands out: a place where a mistake is dear. */
  marked?: boolean;
};

/** A small bordered word, such as where something lives. `Chip({ children, marked })`. */
export function Chip({ children, marked }: ChipProps) {
  return (
    <span
      className={classNames(
        "inline-block align-middle whitespace-nowrap rounded-sm border px-1.5 text-xs leading-[1.4]",
        marked ? "border-bad text-bad" : "border-line-strong text-ink-2",
      )}
    >
      {children}
    </span>
  );
}

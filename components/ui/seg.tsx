import Link from "next/link";
import { classNames } from "#components/ui/class-names.ts";

// The lines between the parts are the frame's ground, so that parts may wrap: none is ever out of sight.
const frame =
  "inline-flex max-w-full flex-wrap gap-px justify-self-start overflow-hidden rounded-md border border-line-strong bg-line";
const part =
  "grow cursor-pointer whitespace-nowrap bg-card px-2.5 py-1 text-center text-ink-2 hover:bg-sunken";

type SegProps = {
  /** What is chosen here, for screen readers. */
  label: string;
  name: string;
  options: readonly { value: string; label: string }[];
  defaultValue: string;
  onValueChange: (value: string) => void;
};

/**
 * One of a few, as native radio buttons.
 * `Seg({ label, name, options: { value, label }[], defaultValue, onValueChange })`.
 */
export function Seg({ label, name, options, defaultValue, onValueChange }: SegProps) {
  return (
    <div role="radiogroup" aria-label={label} className={frame}>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            part,
            "relative has-checked:bg-accent-soft has-checked:font-strong has-checked:text-accent",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={defaultValue === option.value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

type SegLinksProps = { label: string; items: readonly { href: string; label: string; current: boolean }[] };

/** The same look as links, for a choice that lives in the URL. `SegLinks({ label, items: { href, label, current }[] })`. */
export function SegLinks({ label, items }: SegLinksProps) {
  return (
    <nav aria-label={label} className={frame}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          prefetch={false}
          scroll={false}
          aria-current={item.current ? "true" : undefined}
          className={classNames(
            part,
            "-outline-offset-2 aria-[current]:bg-accent-soft aria-[current]:font-strong aria-[current]:text-accent",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}

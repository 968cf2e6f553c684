import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";

export type SelectOption = { value: string; label: string };

type SelectProps = ComponentProps<"select"> & { options: readonly SelectOption[] };

/** A native select. `Select({ options: { value, label }[], ...select })`. */
export function Select({ options, className, ...select }: SelectProps) {
  return (
    <span className={classNames("relative block", className)}>
      <select {...select} className={classNames(controlClass, "appearance-none pr-8")}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon
        icon={ChevronDown}
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 text-ink-2"
      />
    </span>
  );
}

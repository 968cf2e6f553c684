import { Search } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";

type SearchBoxProps = { name?: string; label: string; defaultValue?: string };

/** The search of a list; put it into a `FilterForm`. `SearchBox({ name = "q", label, defaultValue })`. */
export function SearchBox({ name = "q", label, defaultValue }: SearchBoxProps) {
  return (
    <span className="relative w-full sm:max-w-[340px]">
      <Icon
        icon={Search}
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 text-ink-3"
      />
      <input
        type="search"
        name={name}
        defaultValue={defaultValue}
        maxLength={200}
        aria-label={label}
        placeholder={label}
        className={classNames(controlClass, "pl-8")}
      />
    </span>
  );
}

import { ChevronDown } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import type { SelectOption } from "#components/ui/select.tsx";

type FilterSelectProps = {
  name: string;
  label: string;
  options: readonly SelectOption[];
  defaultValue?: string;
  /** What the empty value is called. */
  emptyWord?: string;
};

/** "Environment: any", a native select in a `FilterForm`; the empty value means any. `FilterSelect({ name, label, options, defaultValue, emptyWord })`. */
export function FilterSelect(props: FilterSelectProps) {
  const { name, label, options, defaultValue = "", emptyWord = "any" } = props;
  return (
    <label className="relative inline-flex min-h-[33px] items-center rounded-md border border-line-strong bg-card pl-3 font-medium shadow-card hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      {label}:
      <select
        name={name}
        defaultValue={defaultValue}
        className="cursor-pointer appearance-none self-stretch rounded-md bg-transparent py-1 pr-7 pl-1 outline-none [field-sizing:content]"
      >
        <option value="">{emptyWord}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon icon={ChevronDown} className="pointer-events-none absolute right-2.5 text-ink-2" />
    </label>
  );
}

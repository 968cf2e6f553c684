import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type ChoiceCardsProps = {
  legend: ReactNode;
  name: string;
  options: readonly { value: string; title: string; description: ReactNode }[];
  /** Spread over every radio input: `register("type")`. */
  inputProps: ComponentProps<"input">;
};

/**
 * One of a few that each need a sentence, as native radio buttons.
 * `ChoiceCards({ legend, name, options: { value, title, description }[], inputProps })`.
 */
export function ChoiceCards({ legend, name, options, inputProps }: ChoiceCardsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 font-strong">{legend}</legend>
      <div className="grid gap-2 sm:auto-cols-fr sm:grid-flow-col">
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "relative cursor-pointer rounded-lg border border-line-strong bg-card px-3 py-2.5 hover:border-accent",
              "has-checked:border-accent has-checked:bg-accent-soft",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              {...inputProps}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <b>{option.title}</b>
            <span className="block text-ink-2 text-sm">{option.description}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

"use client";

import { type ReactNode, useId } from "react";
import type { FieldPath } from "react-hook-form";
import { Fieldset } from "#components/ui/field.tsx";
import { controlId } from "./faults.ts";
import { useSpecName } from "./fields.tsx";
import type { FormValues } from "./form-values.ts";
import { useWizard } from "./wizard-context.ts";

type RadioListProps = {
  path: string;
  legend: ReactNode;
  options: readonly { value: string; title: string; description: ReactNode }[];
};

/** One of several that each need a sentence, below each other; a field of the table at hand. */
export function RadioList({ path, legend, options }: RadioListProps) {
  const name = useSpecName(path);
  const { form, messageOf } = useWizard();
  const base = useId();
  return (
    <Fieldset id={controlId(name)} legend={legend} error={messageOf(name)}>
      <div className="grid gap-1.5">
        {options.map(({ value, title, description }) => (
          <div key={value} className="flex items-start gap-2.5">
            <input
              {...form.register(name as FieldPath<FormValues>)}
              id={`${base}-${value}`}
              type="radio"
              value={value}
              aria-describedby={`${base}-${value}-about`}
              className="mt-[3px] size-3.5 shrink-0 cursor-pointer"
            />
            <div className="min-w-0">
              <label htmlFor={`${base}-${value}`} className="cursor-pointer">
                {title}
              </label>
              <p id={`${base}-${value}-about`} className="text-ink-2 text-sm">
                {description}
              </p>
            </div>
          </div>
        ))}
      </div>
    </Fieldset>
  );
}

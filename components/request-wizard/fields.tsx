"use client";

import type { ReactNode } from "react";
import type { FieldPath } from "react-hook-form";
import { SelectField, TextareaField, TextField } from "#components/form/text-field.tsx";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import type { SelectOption } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { controlId } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import { useTable, useWizard } from "./wizard-context.ts";

/** What binds a control to a field of the form: its registration, its id and the message beside it. */
export function useBound(name: string) {
  const { form, messageOf } = useWizard();
  return {
    input: { ...form.register(name as FieldPath<FormValues>), id: controlId(name) },
    error: messageOf(name),
  };
}

/** The name of a field of the table at hand; `path` leads from the spec down. */
export function useSpecName(path: string): string {
  return `tables.${useTable().at}.spec.${path}`;
}

type FieldWords = { label: ReactNode; hint?: ReactNode; optional?: boolean; fieldClassName?: string };
type SpecFieldProps = FieldWords & { path: string };

/** Text of the table at hand: a name (monospaced) unless `plain`. */
export function SpecText({
  path,
  plain,
  ...words
}: SpecFieldProps & { plain?: boolean; placeholder?: string }) {
  const { input, error } = useBound(useSpecName(path));
  return <TextField {...words} {...input} error={error} mono={!plain} />;
}

type SpecNumberProps = SpecFieldProps & { placeholder?: string; decimal?: boolean };

/** A number of the table at hand, kept as typed; whole unless `decimal`. */
export function SpecNumber({ path, decimal, ...words }: SpecNumberProps) {
  const { input, error } = useBound(useSpecName(path));
  return (
    <TextField
      {...words}
      {...input}
      error={error}
      inputMode={decimal ? "decimal" : "numeric"}
      autoComplete="off"
    />
  );
}

/** Several lines of the table at hand, one name each. */
export function SpecLines({ path, ...words }: SpecFieldProps) {
  const { input, error } = useBound(useSpecName(path));
  return (
    <TextareaField {...words} {...input} error={error} rows={3} spellCheck={false} className="font-mono" />
  );
}

/** One of a list, of the table at hand. */
export function SpecSelect({ path, ...rest }: SpecFieldProps & { options: readonly SelectOption[] }) {
  const { input, error } = useBound(useSpecName(path));
  return <SelectField {...rest} {...input} error={error} />;
}

/** On or off, of the table at hand. */
export function SpecSwitch({ path, label, hint }: SpecFieldProps) {
  const { input, error } = useBound(useSpecName(path));
  return <Switch {...input} label={label} hint={hint} error={error} />;
}

type ChoiceProps = {
  path: string;
  legend: string;
  options: readonly { value: string; title: string; description: ReactNode }[];
};

/** One of a few that each need a sentence, of the table at hand. */
export function SpecChoice({ path, legend, options }: ChoiceProps) {
  const name = useSpecName(path);
  const { form, messageOf } = useWizard();
  const error = messageOf(name);
  return (
    <div className="grid gap-1">
      <ChoiceCards
        legend={legend}
        name={name}
        options={options}
        inputProps={form.register(name as FieldPath<FormValues>)}
      />
      {error ? <p className="text-bad text-sm">{error}</p> : null}
    </div>
  );
}

/** The options of a choice from the words of a closed list. */
export function choicesOf<T extends string>(labels: Record<T, string>, explanations: Record<T, string>) {
  return (Object.keys(labels) as T[]).map((value) => ({
    value,
    title: labels[value],
    description: explanations[value],
  }));
}

import type { ComponentProps, ReactNode } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { Select, type SelectOption } from "#components/ui/select.tsx";

type Words = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  fieldClassName?: string;
};

/** A labelled text input. `TextField({ label, hint, error, optional, fieldClassName, mono, ...input })`. */
export function TextField({
  label,
  hint,
  error,
  optional,
  fieldClassName,
  ...input
}: Words & ComponentProps<typeof Input>) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      id={input.id}
      className={fieldClassName}
    >
      {(control) => <Input {...input} {...control} />}
    </Field>
  );
}

/** A labelled text area. `TextareaField({ label, hint, error, optional, fieldClassName, ...textarea })`. */
export function TextareaField(props: Words & ComponentProps<typeof Textarea>) {
  const { label, hint, error, optional, fieldClassName, ...textarea } = props;
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      id={textarea.id}
      className={fieldClassName}
    >
      {(control) => <Textarea {...textarea} {...control} />}
    </Field>
  );
}

type SelectFieldProps = Words & ComponentProps<typeof Select> & { options: readonly SelectOption[] };

/** A labelled select. `SelectField({ label, hint, error, optional, fieldClassName, options, ...select })`. */
export function SelectField({ label, hint, error, optional, fieldClassName, ...select }: SelectFieldProps) {
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      id={select.id}
      className={fieldClassName}
    >
      {(control) => <Select {...select} {...control} />}
    </Field>
  );
}

import { type ReactNode, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** What a control must carry so that label, hint and error belong to it. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; absent or empty when nothing is. */
  error?: ReactNode;
  /** A fixed id, so that an error summary can link to the control. */
  id?: string;
  optional?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/**
 * Label, control, hint and error, wired together.
 * `Field({ label, hint, error, id, optional, className, children: (control) => <Input {...control} /> })`.
 */
export function Field({ label, hint, error, id, optional, className, children }: FieldProps) {
  const generated = useId();
  const controlId = id ?? generated;
  const hintId = `${controlId}-hint`;
  const errorId = `${controlId}-error`;
  const describedBy = classNames(error ? errorId : null, hint ? hintId : null);
  return (
    <div className={classNames("grid content-start gap-1", className)}>
      <label htmlFor={controlId} className="font-strong">
        {label}
        {optional ? <span className="font-normal text-ink-2"> (optional)</span> : null}
      </label>
      {children({
        id: controlId,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      <FieldMessages hint={hint} hintId={hintId} error={error} errorId={errorId} />
    </div>
  );
}

type FieldsetProps = {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** Several controls under one legend, with one hint and error. `Fieldset({ legend, hint, error, id, className, children })`. */
export function Fieldset({ legend, hint, error, id, className, children }: FieldsetProps) {
  const generated = useId();
  const base = id ?? generated;
  const describedBy = classNames(error ? `${base}-error` : null, hint ? `${base}-hint` : null);
  return (
    <fieldset
      id={base}
      aria-describedby={describedBy || undefined}
      tabIndex={-1}
      className={classNames("grid min-w-0 content-start gap-1", className)}
    >
      <legend className="pb-1 font-strong">{legend}</legend>
      {children}
      <FieldMessages hint={hint} hintId={`${base}-hint`} error={error} errorId={`${base}-error`} />
    </fieldset>
  );
}

type FieldMessagesProps = { hint?: ReactNode; hintId: string; error?: ReactNode; errorId: string };

function FieldMessages({ hint, hintId, error, errorId }: FieldMessagesProps) {
  return (
    <>
      {error ? (
        <p id={errorId} className="text-bad text-sm [overflow-wrap:anywhere]">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-ink-2 text-sm">
          {hint}
        </p>
      ) : null}
    </>
  );
}

import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";

type CheckProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
};

/** A checkbox with its label. `Checkbox({ label, hint, error, ...input })`. */
export function Checkbox(props: CheckProps) {
  return <Check {...props} kind="checkbox" />;
}

/** A switch with its label: takes effect as a setting, on or off. `Switch({ label, hint, error, ...input })`. */
export function Switch(props: CheckProps) {
  return <Check {...props} kind="switch" />;
}

const switchClass =
  "relative mt-px h-[18px] w-8 shrink-0 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken before:absolute before:top-[2px] before:left-[2px] before:size-3 before:rounded-full before:bg-ink-2 motion-safe:before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-3.5 checked:before:bg-on-accent";

function Check({
  label,
  hint,
  error,
  kind,
  className,
  ...input
}: CheckProps & { kind: "checkbox" | "switch" }) {
  const generated = useId();
  const id = input.id ?? generated;
  const describedBy = classNames(error ? `${id}-error` : null, hint ? `${id}-hint` : null);
  return (
    <div className={classNames("flex items-start gap-2.5", className)}>
      <input
        {...input}
        id={id}
        type="checkbox"
        role={kind === "switch" ? "switch" : undefined}
        aria-describedby={describedBy || undefined}
        aria-invalid={error ? true : undefined}
        className={kind === "switch" ? switchClass : "mt-[3px] size-3.5 shrink-0 cursor-pointer"}
      />
      <div className="grid min-w-0">
        <label htmlFor={id} className="cursor-pointer">
          {label}
        </label>
        {error ? (
          <p id={`${id}-error`} className="text-bad text-sm">
            {error}
          </p>
        ) : null}
        {hint ? (
          <p id={`${id}-hint`} className="text-ink-2 text-sm">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}

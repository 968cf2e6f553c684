import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";

type SwitchProps = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
};

const switchClass =
  "relative mt-px h-[18px] w-8 shrink-0 cursor-pointer appearance-none rounded-full border border-line-strong bg-sunken before:absolute before:top-[2px] before:left-[2px] before:size-3 before:rounded-full before:bg-ink-2 motion-safe:before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-3.5 checked:before:bg-on-accent";

/** A switch with its label: takes effect as a setting, on or off. `Switch({ label, hint, error, ...input })`. */
export function Switch({ label, hint, error, className, ...input }: SwitchProps) {
  const generated = useId();
  const id = input.id ?? generated;
  const describedBy = classNames(error ? `${id}-error` : null, hint ? `${id}-hint` : null);
  return (
    <div className={classNames("flex items-start gap-2.5", className)}>
      <input
        {...input}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
        role="switch"
        aria-describedby={describedBy || undefined}
        aria-invalid={error ? true : undefined}
        className={switchClass}
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

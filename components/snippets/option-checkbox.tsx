type OptionCheckboxProps = { name: string; label: string; checked: boolean; error: string };

/** A checkbox of a form whose state lives in the address. `OptionCheckbox({ name, label, checked, error })`. */
export function OptionCheckbox({ name, label, checked, error }: OptionCheckboxProps) {
  return (
    <div>
      <label className="flex w-fit cursor-pointer items-center gap-2">
        <input
          key={String(checked)}
          type="checkbox"
          name={name}
          value="true"
          defaultChecked={checked}
          aria-describedby={error ? `${name}-error` : undefined}
        />
        {label}
      </label>
      {error ? (
        <p id={`${name}-error`} className="text-bad text-sm">
          {error}
        </p>
      ) : null}
    </div>
  );
}

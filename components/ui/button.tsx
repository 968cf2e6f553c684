import type { LucideIcon } from "lucide-react";
import { LoaderCircle } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: ButtonVariant;
  icon?: LucideIcon;
  /** Why it cannot be pressed now. Shown on hover and focus, read out with the button; it stays reachable by keyboard. */
  disabledReason?: string | null;
  /** Which edge of the button the reason lines up with. */
  reasonAlign?: "start" | "end";
  /** Its work is under way: shows a spinner and cannot be pressed again. */
  pending?: boolean;
};

/** A button. `Button({ variant, icon, disabledReason, reasonAlign, pending, ...button })`; `type` is "button" unless given. */
export function Button({ disabledReason, reasonAlign = "start", ...props }: ButtonProps) {
  const reasonId = useId();
  if (!disabledReason) return <PlainButton {...props} />;
  return (
    <span className="group relative inline-grid justify-self-start gap-1">
      <PlainButton {...props} reasonId={reasonId} />
      <span
        id={reasonId}
        role="tooltip"
        className={classNames(
          "max-w-64 text-ink-2 text-sm wide:invisible wide:absolute wide:top-full wide:z-20 wide:mt-1.5 wide:w-max wide:rounded-md",
          "wide:bg-ink wide:px-2.5 wide:py-1.5 wide:text-left wide:text-paper wide:group-focus-within:visible wide:group-hover:visible",
          reasonAlign === "end" ? "wide:right-0" : "wide:left-0",
        )}
      >
        {disabledReason}
      </span>
    </span>
  );
}

type PlainButtonProps = Omit<ButtonProps, "disabledReason" | "reasonAlign"> & { reasonId?: string };

/** A disabled or pending button keeps its focus: it turns into a `type="button"` without a handler instead of `disabled`. */
function PlainButton(props: PlainButtonProps) {
  const { variant, icon, pending, className, children, onClick, type, reasonId, ...rest } = props;
  const off = Boolean(reasonId) || Boolean(pending);
  return (
    <button
      {...rest}
      type={off ? "button" : (type ?? "button")}
      onClick={off ? undefined : onClick}
      aria-disabled={off || undefined}
      aria-busy={pending || undefined}
      aria-describedby={reasonId ?? rest["aria-describedby"]}
      className={classNames(buttonClass(variant), className)}
    >
      {pending ? (
        <Icon icon={LoaderCircle} className="motion-safe:animate-spin" />
      ) : icon ? (
        <Icon icon={icon} />
      ) : null}
      {children}
    </button>
  );
}

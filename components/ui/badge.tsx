import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

export type Tone = "neutral" | "ok" | "wait" | "bad" | "info";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-2",
  ok: "bg-ok-soft text-ok",
  wait: "bg-wait-soft text-wait",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
};

type BadgeProps = { tone?: Tone; icon?: LucideIcon; className?: string; children: ReactNode };

/** A status: icon + word + colour. `Badge({ tone: neutral | ok | wait | bad | info, icon, className, children })`. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 align-middle whitespace-nowrap rounded-full py-px pr-2 font-strong text-xs",
        icon ? "pl-1.5" : "pl-2",
        tones[tone],
        className,
      )}
    >
      {icon ? <Icon icon={icon} className="size-3" /> : null}
      {children}
    </span>
  );
}

import { Check, Clock, LoaderCircle, type LucideIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

export type StepState = "todo" | "now" | "running" | "wait" | "done" | "fail";

const looks: Record<StepState, { word: string; icon?: LucideIcon; mark: string; spin?: boolean }> = {
  todo: { word: "to do", mark: "border-line-strong bg-card text-ink-2" },
  now: { word: "here", mark: "border-transparent bg-accent text-on-accent" },
  running: {
    word: "running",
    icon: LoaderCircle,
    mark: "border-transparent bg-accent text-on-accent",
    spin: true,
  },
  wait: { word: "waiting", icon: Clock, mark: "border-transparent bg-wait-soft text-wait" },
  done: { word: "done", icon: Check, mark: "border-transparent bg-ok-soft text-ok" },
  fail: { word: "failed", icon: X, mark: "border-transparent bg-bad-soft text-bad" },
};

/** Steps in order. `Steps({ label, children: Step[] })`. */
export function Steps({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="grid">
      {children}
    </ol>
  );
}

type StepProps = {
  state: StepState;
  /** Shown in the mark where the state has no icon. */
  number?: number;
  /** At the far end: a time or a badge. */
  aside?: ReactNode;
  /** The reader stands on this step of a form. */
  current?: boolean;
  children: ReactNode;
};

/** One step: mark, text, aside. `Step({ state: todo | now | running | wait | done | fail, number, aside, current, children })`. */
export function Step({ state, number, aside, current, children }: StepProps) {
  const { word, icon, mark, spin } = looks[state];
  return (
    <li
      aria-current={current ? "step" : undefined}
      className={classNames(
        "relative grid grid-cols-[22px_minmax(0,1fr)_auto] gap-2 py-[7px]",
        "not-last:after:absolute not-last:after:top-[29px] not-last:after:-bottom-[5px] not-last:after:left-[10px] not-last:after:w-px not-last:after:bg-line-strong",
      )}
    >
      <span className={classNames("mt-px grid size-5 place-items-center rounded-full border text-2xs", mark)}>
        {icon ? (
          <Icon icon={icon} className={classNames("size-3", spin && "motion-safe:animate-spin")} />
        ) : (
          number
        )}
      </span>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <span className="sr-only">{word}: </span>
        {children}
      </div>
      {aside ? <div className="text-right text-ink-2 text-sm">{aside}</div> : null}
    </li>
  );
}

"use client";

import { Check } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { type StepId, steps } from "./steps.ts";

type StepsListProps = {
  at: number;
  /** The furthest step that can be gone to. */
  reached: number;
  /** How many faults each step shows. */
  counts: Record<StepId, number>;
  onGo: (index: number) => void;
};

/** The steps, with how they stand; numbers alone where the page is narrow. */
export function StepsList({ at, reached, counts, onGo }: StepsListProps) {
  return (
    <ol aria-label="Steps" className="flex justify-between gap-1 wide:grid wide:justify-stretch wide:gap-0">
      {steps.map((step, index) => (
        <li
          key={step.id}
          className="relative min-w-0 wide:not-last:after:absolute wide:not-last:after:top-[29px] wide:not-last:after:-bottom-[5px] wide:not-last:after:left-[10px] wide:not-last:after:w-px wide:not-last:after:bg-line-strong"
        >
          <button
            type="button"
            onClick={() => onGo(index)}
            disabled={index > reached}
            aria-current={index === at ? "step" : undefined}
            className="group grid w-full cursor-pointer grid-cols-[22px] items-start gap-2 rounded-md py-[7px] text-left wide:grid-cols-[22px_minmax(0,1fr)_auto] disabled:cursor-default"
          >
            <Mark place={index} here={index === at} done={index < reached} faults={counts[step.id]} />
            <span
              className={classNames(
                "max-wide:sr-only group-enabled:group-hover:underline",
                index === at && "font-semibold",
                index > reached && "text-ink-2",
              )}
            >
              {index < reached && index !== at ? <span className="sr-only">done: </span> : null}
              {step.title}
            </span>
            {counts[step.id] > 0 ? (
              <span className="text-bad text-sm max-wide:sr-only">
                {counts[step.id]}
                <span className="sr-only"> to correct</span>
              </span>
            ) : null}
          </button>
        </li>
      ))}
    </ol>
  );
}

type MarkProps = { place: number; here: boolean; done: boolean; faults: number };

function Mark({ place, here, done, faults }: MarkProps) {
  const look = faults
    ? here
      ? "border-transparent bg-bad text-paper"
      : "border-bad bg-bad-soft text-bad"
    : here
      ? "border-transparent bg-accent text-on-accent"
      : done
        ? "border-transparent bg-ok-soft text-ok"
        : "border-line-strong bg-card text-ink-2";
  return (
    <span
      className={classNames(
        "grid size-6 place-items-center rounded-full border text-2xs wide:mt-px wide:size-5",
        look,
      )}
    >
      {faults ? "!" : done && !here ? <Icon icon={Check} className="size-3" /> : place + 1}
    </span>
  );
}

"use client";

import { clockWords, durationWords, stepMilliseconds } from "#components/request-details/duration-words.ts";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { RetryButton } from "#components/request-details/request-actions.tsx";
import { isOver, type PlannedStep } from "#components/request-details/request-page.ts";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { PlainCode } from "#components/ui/code-block.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Step, type StepState as StepLook, Steps } from "#components/ui/steps.tsx";
import type { RequestStepView } from "#lib/requests/schema.ts";
import { canMove } from "#lib/requests/state.ts";

const looks: Record<RequestStepView["state"], StepLook> = {
  pending: "todo",
  running: "running",
  waiting: "wait",
  done: "done",
  failed: "fail",
  unsupported: "todo",
};

type TableStepsProps = { tableKey: string; plan: readonly PlannedStep[] };

/** What will run for a table, and once it runs how far it is. `TableSteps({ tableKey, plan })`. */
export function TableSteps({ tableKey, plan }: TableStepsProps) {
  const { page } = useLiveRequest();
  const table = page.request.tables.find(({ key }) => key === tableKey);
  if (!table) return null;
  const planned = new Map(plan.map((step) => [step.call, step]));
  const steps = table.steps.length > 0 ? table.steps : plan.map(asStep);
  const begun = table.steps.some((step) => step.state !== "pending");
  const stepFailed = table.steps.some((step) => step.state === "failed");
  return (
    <div>
      <h3>{planTitle(begun, isOver(page.request.state))}</h3>
      {steps.length === 0 ? (
        <p className="pt-1 text-ink-2">The plan cannot be worked out at the moment.</p>
      ) : null}
      <Steps label={`Steps for ${table.name}`}>
        {steps.map((step, index) => (
          <TableStep key={step.call} number={index + 1} step={step} planned={planned.get(step.call)} />
        ))}
      </Steps>
      {table.problem && !stepFailed ? <Failure message={table.problem} /> : null}
    </div>
  );
}

function planTitle(begun: boolean, over: boolean): string {
  if (begun) return over ? "What ran" : "What ran, and what is left";
  return over ? "What would have run, in this order" : "What will run, in this order";
}

const asStep = ({ call, summary }: PlannedStep): RequestStepView => ({
  call,
  summary,
  state: "pending",
  started_at: null,
  ended_at: null,
  attempts: 0,
  wait_until: null,
  message: null,
});

type TableStepProps = { number: number; step: RequestStepView; planned: PlannedStep | undefined };

const effectTones: Record<string, Tone> = { interrupts: "wait", "cannot be undone": "bad" };

function TableStep({ number, step, planned }: TableStepProps) {
  const input = planned?.input;
  return (
    <Step state={looks[step.state]} number={number}>
      <code>{step.call}</code> {step.summary}
      {step.state === "unsupported" ? <Badge className="ml-1.5">not supported here</Badge> : null}
      {planned && step.state === "pending" ? (
        <Badge tone={effectTones[planned.effect]} className="ml-1.5">
          {planned.effect}
        </Badge>
      ) : null}
      <Timing step={step} />
      {step.state === "failed" && step.message ? <Failure message={step.message} /> : null}
      {step.state === "unsupported" && step.message ? (
        <p className="whitespace-pre-line text-ink-2 text-sm">{step.message}</p>
      ) : null}
      {input ? (
        <details className="pt-0.5">
          <summary className="link w-fit cursor-pointer text-sm">as JSON</summary>
          <div className="mt-1 overflow-hidden rounded-md">
            <PlainCode code={input} label={`Input of ${step.call}`} />
          </div>
        </details>
      ) : null}
    </Step>
  );
}

function Timing({ step }: { step: RequestStepView }) {
  const { readAtMilliseconds } = useLiveRequest();
  const { started_at, ended_at, state, attempts, wait_until, message } = step;
  const milliseconds = stepMilliseconds(step, readAtMilliseconds);
  if (started_at === null && state !== "waiting") return null;
  return (
    <p className="text-ink-2 text-sm">
      {started_at ? (
        <>
          started <RelativeTime at={started_at} />
        </>
      ) : null}
      {milliseconds === null ? null : ` · ${ended_at ? "took" : "for"} ${durationWords(milliseconds)}`}
      {attempts > 1 ? ` · ${attempts} attempts` : null}
      {state === "waiting" || (state === "running" && message) ? (
        <span className="block whitespace-pre-line text-ink">
          {waitWords(wait_until)}
          {message}
        </span>
      ) : null}
    </p>
  );
}

const waitWords = (waitUntil: string | null) =>
  waitUntil ? `Waits until ${clockWords(waitUntil)}: ` : "Waits: ";

/** AWS's words and ours, line by line, with the way on beside them. */
function Failure({ message }: { message: string }) {
  const { state } = useLiveRequest().page.request;
  return (
    <div className="mt-1 grid gap-2 rounded-md border border-bad/40 bg-bad-soft px-3 py-2.5">
      <p className="whitespace-pre-line [overflow-wrap:anywhere]">{message}</p>
      {canMove(state, "retry") ? (
        <div>
          <RetryButton />
        </div>
      ) : null}
    </div>
  );
}

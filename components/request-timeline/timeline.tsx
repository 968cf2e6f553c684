import { Check, CircleX, Cog, type LucideIcon, Play } from "lucide-react";
import { eventWords } from "#components/request-timeline/event-words.ts";
import { foldEvents } from "#components/request-timeline/fold-events.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { RequestEventView } from "#lib/requests/schema.ts";

type TimelineProps = { label: string; events: readonly RequestEventView[] };

/** What happened, oldest first, with what people wrote. `Timeline({ label, events })`. */
export function Timeline({ label, events }: TimelineProps) {
  return (
    <ol aria-label={label} className="grid gap-2.5">
      {foldEvents(events).map((item) =>
        item.kind === "event" ? (
          <TimelineEntry key={eventKey(item.event)} event={item.event} />
        ) : (
          <li key={eventKey(item.events[0]!)} className="pl-7">
            <details>
              <summary className="link cursor-pointer">{item.events.length} events about the tables</summary>
              <ol className="grid gap-2.5 pt-2.5">
                {item.events.map((event) => (
                  <TimelineEntry key={eventKey(event)} event={event} />
                ))}
              </ol>
            </details>
          </li>
        ),
      )}
    </ol>
  );
}

/** A table has each event once an instant, so time, name and table tell events apart. */
const eventKey = ({ at, event, data }: RequestEventView) => `${at} ${event} ${String(data.name ?? "")}`;

function TimelineEntry({ event }: { event: RequestEventView }) {
  const { who, did } = eventWords(event);
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-2">
      <span className="pt-px">
        <Mark event={event} />
      </span>
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <b>{who ?? event.actor_name}</b>{" "}
        <span className="whitespace-pre-line text-ink-2">
          {did}, <RelativeTime at={event.at} />
        </span>
        {event.comment ? <p className="whitespace-pre-line">{event.comment}</p> : null}
      </div>
    </li>
  );
}

const marks: Record<string, { icon: LucideIcon; look: string }> = {
  "request.approve-by-rule": { icon: Check, look: "bg-ok-soft text-ok" },
  "request.start": { icon: Play, look: "bg-info-soft text-info" },
  "request.complete": { icon: Check, look: "bg-ok-soft text-ok" },
  "request.fail": { icon: CircleX, look: "bg-bad-soft text-bad" },
  "table.activate": { icon: Check, look: "bg-ok-soft text-ok" },
  "table.fail": { icon: CircleX, look: "bg-bad-soft text-bad" },
};
const plainMark = { icon: Cog, look: "bg-sunken text-ink-2" };

function Mark({ event }: { event: RequestEventView }) {
  if (event.actor !== "system" && !marks[event.event]) return <Avatar name={event.actor_name} />;
  const { icon, look } = marks[event.event] ?? plainMark;
  return (
    <span className={classNames("inline-grid size-5 place-items-center rounded-full", look)}>
      <Icon icon={icon} className="size-3" />
    </span>
  );
}

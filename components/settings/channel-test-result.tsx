import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ChannelTestView } from "#lib/notifications/schema.ts";

const looks: Record<ChannelTestView["state"], { icon: LucideIcon; tone: Tone }> = {
  "under way": { icon: CircleDashed, tone: "neutral" },
  delivered: { icon: CircleCheck, tone: "ok" },
  failed: { icon: CircleX, tone: "bad" },
};

/** What came of a channel's last test message, read out when it changes. `ChannelTestResult({ test })`. */
export function ChannelTestResult({ test }: { test: ChannelTestView | null }) {
  return (
    <span role="status" className="text-ink-2 [overflow-wrap:anywhere]">
      {test === null ? "none yet" : <Outcome test={test} />}
    </span>
  );
}

function Outcome({ test }: { test: ChannelTestView }) {
  const { state, problem, recipient, asked_at, asked_by } = test;
  const { icon, tone } = looks[state];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {state}
      </Badge>{" "}
      {recipient === null ? null : `to ${recipient}, `}asked for by {asked_by} <RelativeTime at={asked_at} />
      {problem === null ? null : <span className="mt-1 block text-ink">{problem}</span>}
    </>
  );
}

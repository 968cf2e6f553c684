import { CircleCheck, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ChannelTestView } from "#lib/notifications/schema.ts";

const looks: Record<ChannelTestView["state"], { icon: LucideIcon; tone: Tone }> = {
  "under way": { icon: CircleDashed, tone: "neutral" },
  delivered: { icon: CircleCheck, tone: "ok" },
  failed: { icon: CircleX, tone: "bad" },
};

/** What came of a channel's last test message. `ChannelTestResult({ test })`; nothing where there was none. */
export function ChannelTestResult({ test }: { test: ChannelTestView | null }) {
  if (test === null) return <span className="text-ink-2">not tested yet</span>;
  const { state, problem, recipient, asked_at, asked_by } = test;
  const { icon, tone } = looks[state];
  return (
    <span className="block [overflow-wrap:anywhere]" role="status">
      <Badge tone={tone} icon={icon}>
        {state}
      </Badge>{" "}
      <span className="text-ink-2">
        {recipient === null ? null : `to ${recipient}, `}asked for by {asked_by}{" "}
        <RelativeTime at={asked_at} />
      </span>
      {problem === null ? null : <span className="mt-1 block">{problem}</span>}
    </span>
  );
}

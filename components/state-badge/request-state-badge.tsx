import {
  Ban,
  CircleCheck,
  CircleX,
  Clock,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  PencilLine,
  ThumbsUp,
  Undo2,
  X,
} from "lucide-react";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { type RequestState, requestStateWords } from "#lib/requests/state.ts";

/** A state without a look does not compile. */
const looks: Record<RequestState, { tone: Tone; icon: LucideIcon }> = {
  draft: { tone: "neutral", icon: PencilLine },
  submitted: { tone: "wait", icon: Clock },
  sent_back: { tone: "wait", icon: Undo2 },
  approved: { tone: "info", icon: ThumbsUp },
  provisioning: { tone: "info", icon: LoaderCircle },
  completed: { tone: "ok", icon: CircleCheck },
  failed: { tone: "bad", icon: CircleX },
  rejected: { tone: "bad", icon: X },
  cancelled: { tone: "neutral", icon: Ban },
  expired: { tone: "neutral", icon: Hourglass },
};

/** A request's state. `RequestStateBadge({ state })`. */
export function RequestStateBadge({ state }: { state: RequestState }) {
  const { tone, icon } = looks[state];
  return (
    <Badge tone={tone} icon={icon}>
      {requestStateWords[state]}
    </Badge>
  );
}

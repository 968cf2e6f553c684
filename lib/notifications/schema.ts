import * as z from "zod";
import type { AuditedName } from "#lib/core/audit.ts";

type OfRequests = Exclude<
  Extract<AuditedName, `request.${string}` | `table.${string}`>,
  // A refused submit leaves no request that anybody could be led to.
  "request.refuse"
>;

/** Every event that may be told, with what happened in words: after "Request 12" or, for a table, after "A table of request 12". */
export const eventWords: Record<OfRequests, string> = {
  "request.submit": "was submitted",
  "request.approve-by-rule": "was approved by a rule",
  "request.resubmit": "was submitted again",
  "request.approve": "got an approval",
  "request.reject": "was rejected",
  "request.send-back": "was sent back",
  "request.re-evaluate": "changed with the configuration, so it has to be approved anew",
  "request.cancel": "was cancelled",
  "request.retry": "is tried again",
  "request.comment": "got a comment",
  "request.expire": "expired",
  "request.remind": "still waits",
  "request.start": "is under way",
  "request.complete": "is completed",
  "request.fail": "failed",
  "table.create": "is being created",
  "table.activate": "is active",
  "table.fail": "failed",
  "table.delete": "is being deleted",
  "table.gone": "is gone",
};
export type NotifiedEvent = keyof typeof eventWords;

/** The names that `events` of a channel may have. */
export const notifiedEvents = Object.keys(eventWords) as NotifiedEvent[];

/** Whether an event of the audit is one that may be told. */
export function isNotified(event: string): event is NotifiedEvent {
  return Object.hasOwn(eventWords, event);
}

/** How e-mail words an event: to those whose turn it is, to those whose turn it was, to the requester. */
export type MessageKind = "event" | "turn" | "handled" | "news";

/** What a message says of its event; ids and times as the API has them. */
export type EventMessage = {
  event: NotifiedEvent;
  /** ISO 8601. */
  at: string;
  /** E-mail address, or "system". */
  actor: string;
  comment: string | null;
  version: number | null;
  /** Whose turn it was after the event. */
  turn: string | null;
  /** When it will expire, of a reminder. */
  expires_at: string | null;
  /** What changed, a clause each, where the configuration changed the outcome. */
  changes: readonly string[] | null;
  request: {
    id: string;
    number: number;
    kind: string;
    /** As it was after the event, not as it is when the message arrives. */
    state: string;
    version: number;
    project: string;
    environment: string;
    /** E-mail address. */
    requester: string;
    url: string;
  };
  /** Names for sentences. */
  names: { actor: string; requester: string };
};

export type ChannelKind = "webhook" | "slack" | "email";

/** The newest test message of a channel. */
export type ChannelTestView = {
  id: string;
  /** ISO 8601. */
  asked_at: string;
  asked_by: string;
  /** E-mail: the address it goes to. */
  recipient: string | null;
  state: "under way" | "delivered" | "failed";
  /** failed: what happened, and what to do. */
  problem: string | null;
};

/** A channel of the configuration, without addresses and secrets. */
export type ChannelView = {
  id: string;
  events: readonly string[];
  /** Null where there was none, and for those who do not see every project. */
  test: ChannelTestView | null;
};

/** `to`: where a test e-mail goes that the command line asks for; the sender's own address where it says nothing. */
export const testChannelInput = z.strictObject({
  channel: z.string().max(300),
  to: z.string().refine(isAddress, "Not an e-mail address").max(320).optional(),
});

/** An address comes from the sign-in provider; one that a mail server could read as several is none. */
export function isAddress(email: string): boolean {
  return /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(email);
}

/** A message that was given up. */
export type DeadDelivery = {
  id: string;
  channel: string;
  event: string;
  request: { id: string; number: number };
  problem: string;
  /** ISO 8601. */
  ended_at: string;
};

export type NotificationSettings = {
  channels: ChannelView[];
  /** Null for those who do not see every project. `dead`: the newest; `given_up`: how many of each channel. */
  deliveries: {
    waiting: number;
    dead: DeadDelivery[];
    given_up: { channel: string; count: number }[];
  } | null;
};

/** What of their notices a person looks at. */
export const noticeFilters = ["unread", "turn", "news"] as const;

/** What the portal tells one person about a request. */
export type NoticeView = {
  id: string;
  /** turn: it waits for this person; news: something happened to what they asked for. */
  kind: "turn" | "news";
  event: string;
  /** The name of whoever did it. */
  actor: string;
  /** turn: the group that was asked. */
  group: string | null;
  /** turn: who handled it and when (ISO 8601), once somebody did. */
  handled: { by: string; at: string } | null;
  /** Neither read nor handled. */
  unread: boolean;
  /** ISO 8601. */
  created_at: string;
  request: {
    id: string;
    number: number;
    kind: string;
    project: string;
    environment: string;
    tables: { name: string }[];
  };
};

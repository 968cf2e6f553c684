import type { NotifiedEvent } from "./schema.ts";

/** What is known of a request at an event, for deciding whom it concerns. */
export type AudienceFacts = {
  event: NotifiedEvent;
  /** The state after the event, and the group whose turn it was then. */
  state: string;
  turn: string | null;
  /** Whoever asked for the tables did it. */
  byRequester: boolean;
  /** The group that was told before that it is its turn, and has not been told that it no longer is. */
  asked: string | null;
};

export type Audience = {
  /** This group's turn begins, or it is asked once more: tell its people. */
  asks: string | null;
  /** What they were told before is replaced. */
  again: boolean;
  /** The turn of those who were told is over: tell them who handled it. */
  handled: boolean;
  /** The person who asked wants to know. */
  tellsRequester: boolean;
};

/** The turn of those who were asked ends with these, whoever's it is now. */
const decisive: readonly NotifiedEvent[] = [
  "request.reject",
  "request.send-back",
  "request.cancel",
  "request.expire",
  "request.resubmit",
  "request.re-evaluate",
];

/** What the person who asked hears of. */
const news: readonly NotifiedEvent[] = [
  "request.approve",
  "request.approve-by-rule",
  "request.reject",
  "request.send-back",
  "request.re-evaluate",
  "request.cancel",
  "request.expire",
  "request.complete",
  "request.fail",
  "request.comment",
];

/** A new version is asked for with these. */
const anew: readonly NotifiedEvent[] = ["request.submit", "request.resubmit", "request.re-evaluate"];

/**
 * Whom an event concerns. A new version asks anew, whoever was asked before: nothing that was given holds for it. A
 * reminder asks again, and so does a comment by whoever asked: it may be the answer that the group waits for.
 */
export function audienceOf({ event, state, turn, asked, byRequester }: AudienceFacts): Audience {
  const waits = state === "submitted" && turn !== null;
  const again = event === "request.remind" || (event === "request.comment" && byRequester);
  const asks = waits && (anew.includes(event) || again || turn !== asked) ? turn : null;
  const over = asked !== null && (decisive.includes(event) || !waits || turn !== asked);
  // A request that was sent back waits for whoever asked.
  const tellsRequester = news.includes(event) || (event === "request.remind" && state === "sent_back");
  return { asks, again: again && asks !== null, handled: over, tellsRequester };
}

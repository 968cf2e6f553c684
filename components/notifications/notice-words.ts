import { eventWords, isNotified, type NoticeView, type NotifiedEvent } from "#lib/notifications/schema.ts";

/** What people do; the rest is the workers' or the rules' doing. */
const doneByPeople = new Set<NotifiedEvent>([
  "request.approve",
  "request.reject",
  "request.send-back",
  "request.cancel",
  "request.comment",
]);

/** What a notice says, as the words of its link: "Request 12 was rejected by Pat". An event of a later version is told by its name. */
export function noticeWords({ kind, event, actor, handled, request }: NoticeView): string {
  const subject = `Request ${request.number}`;
  const again = event === "request.remind" ? "still " : "";
  if (kind === "turn") {
    if (handled) return `${subject} waited for you`;
    return `${subject} ${again}waits for you${event === "request.comment" ? `, with a comment by ${actor}` : ""}`;
  }
  if (again) return `${subject} still waits for your answer`;
  if (!isNotified(event)) return `${subject}: ${event}`;
  return `${subject} ${eventWords[event]}${doneByPeople.has(event) ? ` by ${actor}` : ""}`;
}

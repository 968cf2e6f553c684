import type { EventMessage, MessageKind } from "./schema.ts";
import { eventWords } from "./schema.ts";

const mostCommentCharacters = 2_000;

/** The body of a webhook: `docs/notifications.md` is its description. */
export function webhookBody({
  event,
  at,
  actor,
  comment,
  version,
  expires_at,
  request,
}: EventMessage): string {
  return JSON.stringify({
    type: event,
    timestamp: at,
    data: { event, request, actor, comment: bounded(comment), version, ...(expires_at && { expires_at }) },
  });
}

/** The body for a Slack incoming webhook; & < > are escaped as https://docs.slack.dev/messaging/formatting-message-text asks. */
export function slackBody(message: EventMessage): string {
  const plain = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const { request, comment } = message;
  const lines = [
    `${plain(sentence(message))} <${encodeURI(request.url)}|Open request ${request.number}>`,
    ...(comment === null
      ? []
      : bounded(comment)!
          .split("\n")
          .map((line) => `> ${plain(line)}`)),
  ];
  return JSON.stringify({ text: lines.join("\n"), unfurl_links: false });
}

export type MailText = { subject: string; text: string; html: string };

/** The words of an e-mail. The subject is the same for all of a request, so that mail programs keep them together. */
export function mailText(message: EventMessage, kind: MessageKind): MailText {
  const { request, comment, turn, names } = message;
  const said = sentence(message);
  const why = {
    event: said,
    turn: `${said} It waits for ${turn ?? "your group"}: you can decide on it.`,
    handled: `${said} Handled by ${names.actor}: you need not do anything.`,
    news: said,
  }[kind];
  const paragraphs = [why, ...(comment === null ? [] : [bounded(comment)!])];
  const subject = `Request ${request.number}: ${request.project} in ${request.environment}`;
  return {
    subject: kind === "handled" ? `Re: ${subject}` : subject,
    text: [...paragraphs, request.url].join("\n\n"),
    html: [
      ...paragraphs.map((one) => `<p>${escapeHtml(one).replaceAll("\n", "<br>")}</p>`),
      `<p><a href="${escapeHtml(request.url)}">Open request ${request.number}</a></p>`,
    ].join("\n"),
  };
}

/** What happened, in one sentence that stands alone. */
export function sentence({ event, actor, request, names, expires_at }: EventMessage): string {
  const ask = { create: "tables", decommission: "the deletion of tables" }[request.kind] ?? "tables";
  const what = `${event.startsWith("table.") ? "A table of request" : "Request"} ${request.number}`;
  const approved = event === "request.approve" && request.state !== "submitted";
  const words = approved ? "was approved" : eventWords[event];
  const end =
    expires_at && `, and expires on ${expires_at.slice(0, 16).replace("T", " at ")} UTC unless somebody acts`;
  const by = event.startsWith("request.") && actor !== "system" ? ` by ${names.actor}` : "";
  return `${what} (${ask} for ${request.project} in ${request.environment}, asked for by ${names.requester}) ${words}${by}${end ?? ""}.`;
}

function bounded(comment: string | null): string | null {
  if (comment === null || comment.length <= mostCommentCharacters) return comment;
  return `${comment.slice(0, mostCommentCharacters - 1)}…`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!);
}

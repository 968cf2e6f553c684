import type { EventMessage, MessageKind } from "./schema.ts";
import { eventWords } from "./schema.ts";

const mostCommentCharacters = 2_000;

/** A message as each kind of channel says it. */
export type OutgoingText = { webhook: string; slack: string; mail: MailText };

/** An event's message. */
export function eventText(message: EventMessage, kind: MessageKind): OutgoingText {
  return { webhook: webhookBody(message), slack: slackBody(message), mail: mailText(message, kind) };
}

/** The body of a webhook: `docs/notifications.md` is its description. */
function webhookBody(message: EventMessage): string {
  const { event, at, actor, comment, version, expires_at, changes, request } = message;
  const some = { ...(expires_at && { expires_at }), ...(changes && { changes }) };
  return JSON.stringify({
    type: event,
    timestamp: at,
    data: { event, request, actor, comment: bounded(comment), version, ...some },
  });
}

/** The body for a Slack incoming webhook; & < > are escaped as https://docs.slack.dev/messaging/formatting-message-text asks. */
function slackBody(message: EventMessage): string {
  const { request, comment } = message;
  const lines = [
    `${forSlack(sentence(message))} <${encodeURI(request.url)}|Open request ${request.number}>`,
    ...(comment === null
      ? []
      : bounded(comment)!
          .split("\n")
          .map((line) => `> ${forSlack(line)}`)),
  ];
  return JSON.stringify({ text: lines.join("\n"), unfurl_links: false });
}

type MailText = { subject: string; text: string; html: string };

/** The words of an e-mail. The subject is the same for all of a request, so that mail programs keep them together. */
function mailText(message: EventMessage, kind: MessageKind): MailText {
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
function sentence({ event, actor, request, names, expires_at, changes }: EventMessage): string {
  const ask = { create: "tables", decommission: "the deletion of tables" }[request.kind] ?? "tables";
  const what = `${event.startsWith("table.") ? "A table of request" : "Request"} ${request.number}`;
  const approved = event === "request.approve" && request.state !== "submitted";
  const words = approved ? "was approved" : eventWords[event];
  const end =
    expires_at && `, and expires on ${expires_at.slice(0, 16).replace("T", " at ")} UTC unless somebody acts`;
  const by = event.startsWith("request.") && actor !== "system" ? ` by ${names.actor}` : "";
  const changed = changes?.length ? `: ${changes.join("; ")}` : "";
  return `${what} (${ask} for ${request.project} in ${request.environment}, asked for by ${names.requester}) ${words}${by}${changed}${end ?? ""}.`;
}

export type TestMessage = {
  /** Name of the installation. */
  installation: string;
  /** Whoever asked for it. */
  actor: string;
  /** ISO 8601. */
  at: string;
  /** The page that shows what came of it. */
  url: string;
};

/** A message that tells of nothing, for seeing whether a channel works. */
export function testText({ installation, actor, at, url }: TestMessage): OutgoingText {
  const said = `This is a test message from ${installation}, asked for by ${actor}. It is about no request, and there is nothing to do.`;
  const type = "channel.test";
  return {
    webhook: JSON.stringify({ type, timestamp: at, data: { event: type, message: said, actor, url } }),
    slack: JSON.stringify({
      text: `${forSlack(said)} <${encodeURI(url)}|Open the settings>`,
      unfurl_links: false,
    }),
    mail: {
      subject: `Test message from ${installation}`,
      text: `${said}\n\n${url}`,
      html: `<p>${escapeHtml(said)}</p>\n<p><a href="${escapeHtml(url)}">Open the settings</a></p>`,
    },
  };
}

function forSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
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

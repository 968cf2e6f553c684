import { Webhook } from "standardwebhooks";
import { AppError } from "#lib/core/errors.ts";
import { type ChannelConfig, channelVariable, getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { log, report } from "#lib/infra/log.ts";
import { sendMail } from "#lib/infra/mail.ts";
import { NotDelivered, postJson } from "#lib/infra/post.ts";
import type { OutgoingText } from "./message.ts";
import type { ChannelKind, NotifiedEvent } from "./schema.ts";

/** A channel as the configuration names it; nothing secret. */
export type Channel = {
  id: string;
  kind: ChannelKind;
  events: readonly string[];
  /** Names of the variables that workers need for it. */
  variables: readonly string[];
  /** E-mail: the sender's address. */
  from: string | null;
};

/** What is handed over: the delivery's id is the same at every attempt, so that receivers can tell repetitions. */
export type Outgoing = {
  id: string;
  recipients: readonly string[];
  thread: string | null;
  text: OutgoingText;
};

/** Hands one message over. Throws NotDelivered. */
export type Sender = (outgoing: Outgoing) => Promise<void>;

/** The channels of the configuration in force, by kind and variable: "webhook HOOK_URL". */
export function listChannels(): Channel[] {
  return getConfig().notifications.map(channelOf);
}

/** The channel of this id. Throws NOT_FOUND where the configuration in force has none: nobody would send on it. */
export function findChannel(id: string): Channel {
  const found = listChannels().find((one) => one.id === id);
  if (found) return found;
  throw new AppError("NOT_FOUND", `The configuration has no channel ${id}.`);
}

function channelOf({ webhook, slack, email }: ChannelConfig): Channel {
  if (webhook) {
    const { url_env, secret_env, events } = webhook;
    return {
      id: `webhook ${url_env}`,
      kind: "webhook",
      events,
      variables: [url_env, secret_env],
      from: null,
    };
  }
  if (slack) {
    const { url_env, events } = slack;
    return { id: `slack ${url_env}`, kind: "slack", events, variables: [url_env], from: null };
  }
  const { smtp_env = "", from = "", events = [] } = email ?? {};
  return { id: `email ${smtp_env}`, kind: "email", events, variables: [smtp_env], from };
}

/** Whether a channel wants to hear of an event. */
export function wants(channel: Channel, event: NotifiedEvent): boolean {
  return channel.events.includes("*") || channel.events.includes(event);
}

/**
 * How to send on each channel, by its id: for workers, which have the variables that the configuration names.
 * Throws ConfigError, with the line, where one is missing or unusable.
 */
export function readSenders(patience?: number): Map<string, Sender> {
  return new Map(
    getConfig().notifications.map((config, at) => [channelOf(config).id, senderOf(config, at, patience)]),
  );
}

function senderOf({ webhook, slack, email }: ChannelConfig, at: number, patience?: number): Sender {
  if (webhook) {
    const url = channelVariable(["notifications", at, "webhook", "url_env"], webhook.url_env, webProblem);
    const secret = channelVariable(
      ["notifications", at, "webhook", "secret_env"],
      webhook.secret_env,
      secretProblem,
    );
    return webhookSender(url, secret, patience);
  }
  if (slack) {
    const url = channelVariable(["notifications", at, "slack", "url_env"], slack.url_env, webProblem);
    return ({ text }) => postJson(url, text.slack, {}, patience);
  }
  const smtp = channelVariable(
    ["notifications", at, "email", "smtp_env"],
    email?.smtp_env ?? "",
    mailProblem,
  );
  return mailSender(smtp, email?.from ?? "");
}

/** Signed as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says. */
function webhookSender(url: string, secret: string, patience?: number): Sender {
  const signer = new Webhook(secret);
  return ({ id, text: { webhook: body } }) => {
    const now = new Date();
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": signer.sign(id, now, body),
    };
    return postJson(url, body, headers, patience);
  };
}

function mailSender(smtp: string, from: string): Sender {
  const host = URL.parse(env.url)?.hostname ?? "tablewright";
  const messageId = (id: string) => `<${id}@${host}>`;
  return async ({ id, recipients, thread, text }) => {
    const { refused } = await sendMail(smtp, {
      from,
      to: recipients,
      ...text.mail,
      messageId: messageId(id),
      inReplyTo: thread && messageId(thread),
    });
    if (refused.length > 0)
      log.warn({ delivery: id, refused: refused.length }, "a mail server refused recipients");
  };
}

/** Why a message did not get through, in words; what nobody expected is logged with `facts`. */
export function problemOf(error: unknown, facts: Record<string, string>): string {
  if (error instanceof NotDelivered) return error.message;
  return `Something unexpected went wrong; the worker's log has it under ${report(error, facts)}.`;
}

/** What to look at where a channel's messages do not get through. */
export function whatToDo({ kind, variables: [address, secret] }: Channel): string {
  const readAtStart = "Workers read it when they start.";
  if (kind === "email")
    return `See that ${address} names the server, its port, and the user and password it wants, and that workers can reach it. ${readAtStart}`;
  if (kind === "slack")
    return `See that ${address} holds the address of an incoming webhook that still exists, and that workers can reach it. ${readAtStart}`;
  return `See that ${address} holds the receiver's address, that workers can reach it, and that the receiver checks signatures with the secret in ${secret}. ${readAtStart.replace("it", "both")}`;
}

function webProblem(value: string): string | null {
  return /^https?:$/.test(URL.parse(value)?.protocol ?? "") ? null : "must hold an http(s) URL";
}

function mailProblem(value: string): string | null {
  const url = URL.parse(value);
  return url && /^smtps?:$/.test(url.protocol) && url.hostname
    ? null
    : "must hold an smtp:// or smtps:// URL";
}

/** 24 to 64 random bytes, as the specification of Standard Webhooks asks. */
function secretProblem(value: string): string | null {
  const bytes = value.startsWith("whsec_") ? Buffer.from(value.slice(6), "base64") : null;
  const sound =
    bytes && bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === value.slice(6);
  return sound ? null : "must hold whsec_ and 24 to 64 random bytes in base64";
}

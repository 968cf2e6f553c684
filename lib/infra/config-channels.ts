import { z } from "zod";
import { closest } from "#lib/core/spelling.ts";
import { beside, checkedText, closed, type Issues, matching } from "#lib/infra/config-fields.ts";
import { isNotified, notifiedEvents } from "#lib/notifications/schema.ts";

const variableName = (example: string) =>
  matching(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    `must be the name of an environment variable, such as ${example}; addresses and secrets never stand in the file`,
  );

function eventProblem(name: string): string | null {
  if (name === "*" || isNotified(name)) return null;
  const meant = closest(name, notifiedEvents);
  return `unknown event ${JSON.stringify(name.slice(0, 80))}; ${meant ? `did you mean "${meant}"?` : `there are "*", ${notifiedEvents.join(", ")}`}`;
}

const events = z.array(checkedText(eventProblem)).min(1, 'name at least one event, or "*" for all');

const channel = closed({
  webhook: closed({
    url_env: variableName("HOOK_URL"),
    secret_env: variableName("HOOK_SECRET"),
    events,
  }).optional(),
  slack: closed({ url_env: variableName("SLACK_URL"), events }).optional(),
  email: closed({
    smtp_env: variableName("SMTP_URL"),
    from: matching(
      /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/,
      "must be an e-mail address, such as tables@example.com",
    ),
    events,
  }).optional(),
}).superRefine((value, context) => {
  if (Object.values(value).filter(Boolean).length === 1) return;
  context.addIssue({ code: "custom", message: "a channel is exactly one of webhook, slack, email" });
});

/** A delivery is kept under its channel's kind and variable, so no two channels may share both. */
function refuseSameChannels(list: z.output<typeof channel>[], context: Issues): void {
  const seen = new Set<string>();
  for (const [index, { webhook, slack, email }] of list.entries()) {
    const [kind, name] = webhook
      ? ["webhook", webhook.url_env]
      : slack
        ? ["slack", slack.url_env]
        : ["email", email?.smtp_env];
    if (seen.has(`${kind} ${name}`)) {
      const message = `there is a ${kind} with the variable ${name} already; list all its events there`;
      context.addIssue({ code: "custom", message, path: [index] });
    }
    seen.add(`${kind} ${name}`);
  }
}

/** `notifications`: the channels, each under one variable; none by default. */
export const channels = z
  .array(channel)
  .superRefine(refuseSameChannels, beside)
  .nullish()
  .transform((list) => list ?? []);

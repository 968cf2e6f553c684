import type { Actor } from "#lib/core/actor.ts";
import { query } from "#lib/core/query.ts";
import { getConfig } from "#lib/infra/config.ts";
import { type ApprovalProgress, approvalProgress } from "./approvers-queries.ts";
import { timeIsOver } from "./expire.ts";
import { type PinnedPage, pinnedForPage } from "./pinned-queries.ts";
import { type May, mayOf, read, requestId } from "./queries.ts";
import type { RequestView } from "./schema.ts";
import type { RequestRow } from "./view.ts";

/** What of a request's page changes while somebody looks at it. */
export type LiveRequest = PinnedPage & {
  request: RequestView;
  may: May;
  approvals: ApprovalProgress[];
  /** When it expires unless somebody does something (ISO 8601); null: it waits for nobody, or its time is over. */
  expires_at: string | null;
  /** The environment is paused, or no longer in the configuration: nothing of it runs. */
  paused: boolean;
  environment_configured: boolean;
};

/** What an open page asks for every second or five: nothing that only the whole page shows. Throws NOT_FOUND. */
export const getLiveRequest = query({
  input: requestId,
  run: async (actor: Actor, { id }) => (await readLive(actor, id)).live,
});

/** The live part and the row it was read from. Throws NOT_FOUND. */
export async function readLive(actor: Actor, id: string): Promise<{ row: RequestRow; live: LiveRequest }> {
  const { row, subject, view } = await read(actor, id);
  const environment = getConfig().environments.find((one) => one.name === row.environment);
  const expiry = expiryOf(row);
  const over = expiry !== null && expiry <= new Date();
  const pinned = pinnedForPage(row);
  const live = {
    request: view,
    may: mayOf(actor, subject),
    approvals: await approvalProgress(actor, subject, view),
    expires_at: over ? null : (expiry?.toISOString() ?? null),
    paused: environment?.paused ?? false,
    environment_configured: environment !== undefined,
    ...pinned,
    unapprovable:
      over && row.state === "submitted"
        ? `${timeIsOver(row.number)} Whoever asked can ask anew.`
        : pinned.unapprovable,
  };
  return { row, live };
}

function expiryOf({ state, updatedAt }: RequestRow): Date | null {
  if (state !== "submitted" && state !== "sent_back") return null;
  return new Date(updatedAt.getTime() + getConfig().request_expiry_days * 86_400_000);
}

import { Home } from "#components/home/home.tsx";
import { getConfig } from "#lib/infra/config.ts";
import { listDrafts, listOpenRequests } from "#lib/requests/home-queries.ts";
import { listWaiting } from "#lib/requests/queue-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { listTables } from "#lib/tables/queries.ts";

const shown = 5;

export default async function HomePage() {
  const actor = await requireActor();
  const [waiting, drafts, open, tables] = await Promise.all([
    listWaiting(actor, { limit: shown }),
    listDrafts(actor, {}),
    listOpenRequests(actor, { limit: shown }),
    listTables(actor, { limit: shown }),
  ]);
  const asked = getConfig().approvals.flatMap((rule) => rule.require.map(({ group }) => group));
  return (
    <Home
      viewer={actor}
      mayAsk={!actor.auditor && (actor.platform || actor.projects.length > 0)}
      mayApprove={asked.some((group) => actor.groups.includes(group))}
      waiting={waiting}
      drafts={drafts.map((draft) => ({ ...draft, href: `/requests/new?draft=${draft.id}` }))}
      openRequests={open}
      tables={tables.items}
    />
  );
}

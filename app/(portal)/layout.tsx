import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Shell } from "#components/shell/shell.tsx";
import { parseTheme, themeCookie } from "#components/shell/theme.ts";
import { canReadAudit } from "#lib/audit/policy.ts";
import { listProjects } from "#lib/environments/queries.ts";
import { getConfig } from "#lib/infra/config.ts";
import { canSeePeople } from "#lib/people/policy.ts";
import { readNotices } from "#lib/server/notices.ts";
import { requireActor } from "#lib/server/session.ts";
import { signOut } from "./actions.ts";

export const dynamic = "force-dynamic";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const [projects, notices] = await Promise.all([listProjects(actor), readNotices(actor)]);
  return (
    <Shell
      appName={getConfig().name}
      user={actor}
      nav={{
        projects: projects.items.map(({ name }) => name),
        people: canSeePeople(actor),
        audit: canReadAudit(actor).allowed,
      }}
      notices={notices}
      theme={parseTheme((await cookies()).get(themeCookie)?.value)}
      signOutAction={signOut}
    >
      {children}
    </Shell>
  );
}

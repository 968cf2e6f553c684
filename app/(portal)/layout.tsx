import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { bannersOf } from "#components/shell/banners.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { parseTheme, themeCookie } from "#components/shell/theme.ts";
import { listProjects } from "#lib/environments/queries.ts";
import { getConfig } from "#lib/infra/config.ts";
import { env } from "#lib/infra/env.ts";
import { findMissingWorker } from "#lib/provisioning/queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { readWaiting } from "#lib/server/waiting.ts";
import { signOut } from "./actions.ts";

export const dynamic = "force-dynamic";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const { name, environments } = getConfig();
  const [projects, waiting, missingWorker] = await Promise.all([
    listProjects(actor),
    readWaiting(actor),
    findMissingWorker(),
  ]);
  const inAws = environments.filter(({ endpoint }) => endpoint === null).map((one) => one.name);
  return (
    <Shell
      appName={name}
      user={actor}
      nav={{ projects: projects.items.map((project) => project.name) }}
      counts={{ approvals: waiting.count }}
      banners={bannersOf({ missingWorker, demoInAws: env.demo ? inAws : [] })}
      theme={parseTheme((await cookies()).get(themeCookie)?.value)}
      signOutAction={signOut}
    >
      {children}
    </Shell>
  );
}

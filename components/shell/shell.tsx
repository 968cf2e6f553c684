import { Bell, House, Inbox, List, ScrollText, Settings, Table2, Users } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu, type ShellUser } from "#components/shell/account-menu.tsx";
import { NavLink } from "#components/shell/nav-link.tsx";
import {
  type Notices,
  NoticesProvider,
  NotificationBell,
  WaitingCount,
  WorkerNotice,
} from "#components/shell/notices.tsx";
import type { Theme } from "#components/shell/theme.ts";
import { Icon } from "#components/ui/icon.tsx";
import { SkipLink } from "#components/ui/skip-link.tsx";
import { Toaster } from "#components/ui/toast.tsx";

type ShellProps = {
  /** The configuration's `name`. */
  appName: string;
  user: ShellUser;
  /** `people`: sees other people's accounts; `audit`: may read the audit. */
  nav: { projects: readonly string[]; people: boolean; audit: boolean };
  notices: Notices;
  theme: Theme;
  signOutAction: () => Promise<void>;
  children: ReactNode;
};

/**
 * Navigation, account and notices around every page of the portal.
 * `Shell({ appName, user, nav, notices, theme, signOutAction, children })`.
 */
export function Shell({ appName, user, nav, notices, theme, signOutAction, children }: ShellProps) {
  return (
    <NoticesProvider drawn={notices}>
      <div className="min-h-dvh wide:grid wide:grid-cols-[212px_minmax(0,1fr)]">
        <SkipLink />
        <header className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 gap-y-0.5 border-line border-b px-2 py-2 wide:sticky wide:top-0 wide:flex wide:h-dvh wide:flex-col wide:items-stretch wide:overflow-y-auto wide:border-r wide:border-b-0 wide:px-2.5 wide:py-3.5">
          <Link
            href="/"
            prefetch={false}
            className="flex min-w-0 items-center gap-2 rounded-md px-2 py-1 font-semibold text-[0.9375rem] tracking-tight wide:mb-2.5"
          >
            <Icon icon={Table2} className="size-5 text-accent" />
            <span className="[overflow-wrap:anywhere]">{appName}</span>
          </Link>
          <nav
            aria-label="Main"
            className="col-span-2 row-start-2 flex flex-wrap gap-0.5 wide:flex-col wide:flex-nowrap"
          >
            <NavLink href="/" icon={<Icon icon={House} />} label="Home" />
            <NavLink href="/requests" icon={<Icon icon={List} />} label="Requests" />
            <NavLink
              href="/approvals"
              icon={<Icon icon={Inbox} />}
              label="Approvals"
              aside={<WaitingCount />}
            />
            <NavLink href="/tables" icon={<Icon icon={Table2} />} label="Tables" />
            {nav.audit ? <NavLink href="/audit" icon={<Icon icon={ScrollText} />} label="Audit" /> : null}
            {nav.people ? <NavLink href="/people" icon={<Icon icon={Users} />} label="People" /> : null}
            <NavLink href="/settings" icon={<Icon icon={Settings} />} label="Settings" />
          </nav>
          {nav.projects.length > 0 ? <Projects projects={nav.projects} /> : null}
          <div className="col-start-2 row-start-1 flex items-center gap-1 wide:mt-auto wide:pt-4">
            <AccountMenu user={user} theme={theme} signOutAction={signOutAction} />
            <NotificationBell icon={<Icon icon={Bell} className="size-4" />} />
          </div>
        </header>
        <div className="min-w-0">
          <WorkerNotice />
          <main
            id="main"
            tabIndex={-1}
            className="max-w-[1320px] px-3.5 pt-3 pb-12 outline-none wide:px-6 wide:pt-3.5 wide:pb-15"
          >
            {children}
          </main>
          <footer className="px-3.5 pb-6 text-ink-2 text-sm wide:px-6">
            <a href="/docs/api" className="hover:underline">
              API reference
            </a>
          </footer>
        </div>
        <Toaster />
      </div>
    </NoticesProvider>
  );
}

function Projects({ projects }: { projects: readonly string[] }) {
  return (
    <nav aria-labelledby="nav-projects" className="hidden wide:block">
      <h2 id="nav-projects" className="px-2 pt-3.5 pb-1 font-strong text-ink-3 text-xs">
        Projects
      </h2>
      {projects.map((project) => (
        <Link
          key={project}
          href={`/projects/${encodeURIComponent(project)}`}
          prefetch={false}
          className="block truncate rounded-md px-2 py-1.5 text-ink-2 hover:bg-sunken"
        >
          {project}
        </Link>
      ))}
    </nav>
  );
}

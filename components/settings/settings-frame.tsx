import type { ReactNode } from "react";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegLinks } from "#components/ui/seg.tsx";

const pages = [
  { href: "/settings", label: "Environments" },
  { href: "/settings/rules", label: "Rules" },
  { href: "/settings/groups", label: "Groups" },
  { href: "/settings/notifications", label: "Notifications" },
] as const;

type SettingsFrameProps = { current: (typeof pages)[number]["href"]; children: ReactNode };

/** What the settings pages share: what they are, and the way between them. `SettingsFrame({ current, children })`. */
export function SettingsFrame({ current, children }: SettingsFrameProps) {
  return (
    <>
      <PageHeader
        title="Settings"
        sub="The configuration in force. It is a file, reviewed like code: no page changes it."
      />
      <div className="stack">
        <SegLinks
          label="Settings"
          items={pages.map((page) => ({ ...page, current: page.href === current }))}
        />
        {children}
      </div>
    </>
  );
}

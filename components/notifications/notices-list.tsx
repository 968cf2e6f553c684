import { Bell, SearchX } from "lucide-react";
import { listHref } from "#components/data-table/list-href.ts";
import { ListPages } from "#components/data-table/list-pages.tsx";
import { type MarkRead, MarkReadButton } from "#components/notifications/mark-read-button.tsx";
import { NoticeRows } from "#components/notifications/notice-rows.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegLinks } from "#components/ui/seg.tsx";
import type { NoticeView } from "#lib/notifications/schema.ts";

const path = "/notifications";

const choices = [
  { show: undefined, label: "All" },
  { show: "unread", label: "Unread" },
  { show: "turn", label: "Waiting for me" },
  { show: "news", label: "Mine" },
];

type NoticesListProps = {
  notices: readonly NoticeView[];
  show?: string;
  /** The cursor of this page, if it is not the first. */
  cursor?: string;
  nextCursor: string | null;
  markRead: MarkRead;
};

/** The page of one's own notices. `NoticesList({ notices, show, cursor, nextCursor, markRead })`. */
export function NoticesList({ notices, show, cursor, nextCursor, markRead }: NoticesListProps) {
  // All means all, not only those of a kind: offered where all, or all that it changes, are shown.
  const newest = cursor || (show && show !== "unread") ? undefined : notices[0]?.created_at;
  return (
    <>
      <PageHeader
        title="Notifications"
        trail={[{ href: "/", label: "Home" }]}
        actions={
          newest && notices.some(({ unread }) => unread) ? (
            <MarkReadButton label="Mark all as read" action={markRead} input={{ until: newest }} />
          ) : null
        }
      />
      <div className="stack">
        <SegLinks
          label="Which notifications"
          items={choices.map((choice) => ({
            href: listHref(path, { show: choice.show }),
            label: choice.label,
            current: choice.show === show,
          }))}
        />
        <Card label="Notifications">
          {notices.length > 0 ? (
            <NoticeRows notices={notices} markRead={markRead} />
          ) : (
            <Nothing filtered={Boolean(show || cursor)} />
          )}
        </Card>
        <ListPages
          path={path}
          filters={{ show }}
          count={notices.length}
          noun="notification"
          cursor={cursor}
          nextCursor={nextCursor}
        />
      </div>
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="None of these"
        action={<LinkButton href={path}>Show all notifications</LinkButton>}
      >
        Nothing of this kind in the last 90 days.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Bell}
      title="No notifications yet"
      action={<LinkButton href="/requests">Look at requests</LinkButton>}
    >
      You hear here when a request waits for you, and what becomes of those you asked for. Notifications are
      kept for 90 days.
    </EmptyState>
  );
}

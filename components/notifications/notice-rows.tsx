import { Bell, CircleCheck, Hourglass } from "lucide-react";
import Link from "next/link";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { type MarkRead, MarkReadButton } from "#components/notifications/mark-read-button.tsx";
import { noticeWords } from "#components/notifications/notice-words.ts";
import { EnvChip } from "#components/state-badge/env-chip.tsx";
import { requestTitle } from "#components/state-badge/request-title.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { NoticeView } from "#lib/notifications/schema.ts";

type NoticeRowsProps = { notices: readonly NoticeView[]; markRead: MarkRead };

/** Notices, one a row, each leading to its request. `NoticeRows({ notices, markRead })`. */
export function NoticeRows({ notices, markRead }: NoticeRowsProps) {
  return (
    <DataTable label="Notifications" columns={columnsFor(markRead)} rows={notices} rowKey={({ id }) => id} />
  );
}

const columnsFor = (markRead: MarkRead): Column<NoticeView>[] => [
  { id: "what", header: "What", cell: (notice) => <What notice={notice} /> },
  {
    id: "environment",
    header: "Environment",
    cell: ({ request }) => <EnvChip environment={request.environment} />,
  },
  { id: "state", header: "State", cell: (notice) => <Standing notice={notice} /> },
  {
    id: "when",
    header: "When",
    className: "text-ink-2",
    cell: ({ created_at }) => <RelativeTime at={created_at} />,
  },
  {
    id: "read",
    header: "",
    align: "end",
    cell: (notice) =>
      notice.unread ? (
        <MarkReadButton
          label="Mark as read"
          accessibleLabel={`Mark as read: ${noticeWords(notice)}`}
          variant="quiet"
          action={markRead}
          input={{ id: notice.id }}
        />
      ) : null,
  },
];

function What({ notice }: { notice: NoticeView }) {
  const { request, unread } = notice;
  return (
    <>
      <Link
        href={`/requests/${request.id}`}
        prefetch={false}
        className={unread ? "link-alone font-semibold" : "link-alone"}
      >
        {noticeWords(notice)}
      </Link>
      <div className="text-ink-2 [overflow-wrap:anywhere]">{requestTitle(request)}</div>
    </>
  );
}

/** Unread, and for what waited who handled it; nothing where there is no more to do or say. */
function Standing({ notice: { kind, group, handled, unread } }: { notice: NoticeView }) {
  if (handled) {
    return (
      <span className="text-ink-2">
        <Badge tone="ok" icon={CircleCheck}>
          handled
        </Badge>{" "}
        by {handled.by}, <RelativeTime at={handled.at} />
      </span>
    );
  }
  return (
    <span className="cluster gap-1.5">
      {kind === "turn" ? (
        <Badge tone="wait" icon={Hourglass}>
          {group ? `waits for ${group}` : "waits"}
        </Badge>
      ) : null}
      {unread ? (
        <Badge tone="info" icon={Bell}>
          unread
        </Badge>
      ) : null}
    </span>
  );
}

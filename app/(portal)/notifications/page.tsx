import type { Metadata } from "next";
import { NoticesList } from "#components/notifications/notices-list.tsx";
import { listNotices, noticeListInput } from "#lib/notifications/notice-queries.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { requireActor } from "#lib/server/session.ts";
import { markRead } from "./actions.ts";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const { filters, page } = await readListPage(
    noticeListInput.omit({ limit: true }),
    (input) => listNotices(actor, input),
    await searchParams,
  );
  return (
    <NoticesList
      notices={page.items}
      show={filters.show}
      cursor={filters.cursor}
      nextCursor={page.next_cursor}
      markRead={markRead}
    />
  );
}

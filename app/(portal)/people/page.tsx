import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PeopleList } from "#components/people/people-list.tsx";
import { listPeople, peopleListInput } from "#lib/people/account-queries.ts";
import { canSeePeople } from "#lib/people/policy.ts";
import { readListPage, type SearchParams } from "#lib/server/list-address.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!canSeePeople(actor)) notFound();
  const { filters, page } = await readListPage(
    peopleListInput.omit({ limit: true }),
    (input) => listPeople(actor, input),
    await searchParams,
  );
  return (
    <PeopleList people={page.items} q={filters.q} cursor={filters.cursor} nextCursor={page.next_cursor} />
  );
}

import type { Metadata } from "next";
import { PeoplePage } from "#components/settings/people-page.tsx";
import { getPeopleSettings } from "#lib/people/group-queries.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "People · Settings" };

export default async function PeopleSettingsPage() {
  return <PeoplePage settings={await getPeopleSettings(await requireActor(), {})} />;
}

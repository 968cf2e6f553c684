import type { Metadata } from "next";
import { GroupsPage } from "#components/settings/groups-page.tsx";
import { getPeopleSettings } from "#lib/people/group-queries.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Groups · Settings" };

export default async function GroupSettingsPage() {
  return <GroupsPage settings={await getPeopleSettings(await requireActor(), {})} />;
}

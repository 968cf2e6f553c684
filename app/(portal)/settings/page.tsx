import type { Metadata } from "next";
import { EnvironmentsPage } from "#components/settings/environments-page.tsx";
import { canCheckEnvironment } from "#lib/environments/policy.ts";
import { getEnvironmentSettings } from "#lib/environments/settings-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { check } from "./actions.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const actor = await requireActor();
  const decision = canCheckEnvironment(actor);
  return (
    <EnvironmentsPage
      settings={await getEnvironmentSettings(actor, {})}
      checkRefusal={decision.allowed ? null : decision.reason}
      checkAction={check}
    />
  );
}

import type { Metadata } from "next";
import { RulesPage } from "#components/settings/rules-page.tsx";
import { getRuleSettings } from "#lib/guardrails/queries.ts";
import { requireActor } from "#lib/server/session.ts";

export const metadata: Metadata = { title: "Rules · Settings" };

export default async function RuleSettingsPage() {
  return <RulesPage settings={await getRuleSettings(await requireActor())} />;
}

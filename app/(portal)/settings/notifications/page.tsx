import type { Metadata } from "next";
import { NotificationsPage } from "#components/settings/notifications-page.tsx";
import { canResend } from "#lib/notifications/policy.ts";
import { getNotificationSettings } from "#lib/notifications/queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { resend } from "./actions.ts";

export const metadata: Metadata = { title: "Notifications · Settings" };

export default async function NotificationSettingsPage() {
  const actor = await requireActor();
  const decision = canResend(actor);
  return (
    <NotificationsPage
      settings={await getNotificationSettings(actor, {})}
      resendRefusal={decision.allowed ? null : decision.reason}
      resendAction={resend}
    />
  );
}

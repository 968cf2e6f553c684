import type { Metadata } from "next";
import { NotificationsPage } from "#components/settings/notifications-page.tsx";
import { canResend, canTestChannel } from "#lib/notifications/policy.ts";
import { getNotificationSettings } from "#lib/notifications/queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { resend, resendAll, test } from "./actions.ts";

export const metadata: Metadata = { title: "Notifications · Settings" };

export default async function NotificationSettingsPage() {
  const actor = await requireActor();
  const [resending, testing] = [canResend(actor), canTestChannel(actor)];
  return (
    <NotificationsPage
      settings={await getNotificationSettings(actor, {})}
      resendRefusal={resending.allowed ? null : resending.reason}
      resendAction={resend}
      resendAllAction={resendAll}
      testRefusal={testing.allowed ? null : testing.reason}
      testAction={test}
    />
  );
}

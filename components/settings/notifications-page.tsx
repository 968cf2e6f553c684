import Link from "next/link";
import { ConfirmButton } from "#components/account/confirm-button.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Result } from "#lib/core/result.ts";
import type { ChannelView, DeadDelivery, NotificationSettings } from "#lib/notifications/schema.ts";

type NotificationsPageProps = {
  settings: NotificationSettings;
  /** Why this reader cannot send again; null: they can. */
  resendRefusal: string | null;
  resendAction: (input: { id: string }) => Promise<Result<unknown>>;
};

/** Channels in force, and messages that did not get through. `NotificationsPage({ settings, resendRefusal, resendAction })`. */
export function NotificationsPage({ settings, resendRefusal, resendAction }: NotificationsPageProps) {
  const { channels, deliveries } = settings;
  return (
    <SettingsFrame current="/settings/notifications">
      <Card>
        <CardHeader
          title="Channels"
          aside={deliveries ? `${deliveries.waiting.toLocaleString("en")} messages wait` : null}
        />
        {channels.length > 0 ? (
          <DataTable label="Channels" columns={channelColumns} rows={channels} rowKey={({ id }) => id} />
        ) : (
          <CardBody className="text-ink-2">
            There are none: name webhooks, Slack or e-mail in the file under <code>notifications</code>.
          </CardBody>
        )}
      </Card>
      {deliveries ? (
        <Card>
          <CardHeader title="Given up" aside="The newest 50" />
          {deliveries.dead.length > 0 ? (
            <DataTable
              label="Given up"
              columns={deadColumns(resendAction, resendRefusal)}
              rows={deliveries.dead}
              rowKey={({ id }) => id}
            />
          ) : (
            <CardBody className="text-ink-2">Every message got through, or is still being tried.</CardBody>
          )}
        </Card>
      ) : null}
    </SettingsFrame>
  );
}

const channelColumns: Column<ChannelView>[] = [
  { id: "channel", header: "Channel", cell: ({ id }) => <span className="mono">{id}</span> },
  {
    id: "events",
    header: "Told of",
    narrowLabel: "told of",
    cell: ({ events }) => (
      <span className="[overflow-wrap:anywhere]">
        {events.includes("*") ? "everything" : events.join(", ")}
      </span>
    ),
  },
];

function deadColumns(
  resend: NotificationsPageProps["resendAction"],
  refusal: string | null,
): Column<DeadDelivery>[] {
  return [
    {
      id: "request",
      header: "Request",
      cell: ({ request, event }) => (
        <>
          <Link href={`/requests/${request.id}`} prefetch={false} className="font-medium hover:underline">
            Request {request.number}
          </Link>{" "}
          <span className="mono text-ink-2">{event}</span>
        </>
      ),
    },
    { id: "channel", header: "Channel", cell: ({ channel }) => <span className="mono">{channel}</span> },
    {
      id: "problem",
      header: "Why",
      cell: ({ problem }) => <span className="[overflow-wrap:anywhere]">{problem}</span>,
    },
    { id: "ended", header: "Given up", cell: ({ ended_at }) => <RelativeTime at={ended_at} /> },
    {
      id: "resend",
      header: "",
      align: "end",
      cell: ({ id, request, channel }) => (
        <ConfirmButton
          label="Send again"
          accessibleLabel={`Send again: request ${request.number}, ${channel}`}
          question="Send this message again?"
          consequence="It arrives after newer ones of its request that got through meanwhile."
          confirm="Send again"
          done="It is being sent"
          disabledReason={refusal}
          action={resend}
          input={{ id }}
        />
      ),
    },
  ];
}

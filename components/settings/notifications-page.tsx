import Link from "next/link";
import { ConfirmButton } from "#components/account/confirm-button.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { ChannelTestResult } from "#components/settings/channel-test-result.tsx";
import { SettingsFrame } from "#components/settings/settings-frame.tsx";
import { type TestChannelAction, TestChannelButton } from "#components/settings/test-channel-button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Result } from "#lib/core/result.ts";
import type { ChannelView, DeadDelivery, NotificationSettings } from "#lib/notifications/schema.ts";

type NotificationsPageProps = {
  settings: NotificationSettings;
  /** Why this reader cannot send again; null: they can. */
  resendRefusal: string | null;
  resendAction: (input: { id: string }) => Promise<Result<unknown>>;
  resendAllAction: (input: { channel: string }) => Promise<Result<unknown>>;
  /** Why this reader cannot send test messages; null: they can. */
  testRefusal: string | null;
  testAction: TestChannelAction;
};

/**
 * Channels in force with their tests, and messages that did not get through.
 * `NotificationsPage({ settings, resendRefusal, resendAction, resendAllAction, testRefusal, testAction })`.
 */
export function NotificationsPage({ settings, ...may }: NotificationsPageProps) {
  const { channels, deliveries } = settings;
  const resendRefusalOf = (channel: string) =>
    may.resendRefusal ?? (channels.some(({ id }) => id === channel) ? null : goneWords);
  return (
    <SettingsFrame current="/settings/notifications">
      <Card>
        <CardHeader title="Channels" aside={deliveries ? waitingWords(deliveries.waiting) : null} />
        {channels.length > 0 ? (
          <DataTable
            label="Channels"
            columns={channelColumns(may.testAction, may.testRefusal, deliveries !== null)}
            rows={channels}
            rowKey={({ id }) => id}
          />
        ) : (
          <CardBody className="text-ink-2">
            There are none: name webhooks, Slack or e-mail in the file under <code>notifications</code>.
          </CardBody>
        )}
      </Card>
      {deliveries ? (
        <Card>
          <CardHeader title="Given up" aside={deliveries.dead.length > 0 ? "The newest 50" : null} />
          <ManyGivenUp
            channels={deliveries.given_up}
            action={may.resendAllAction}
            refusalOf={resendRefusalOf}
          />
          {deliveries.dead.length > 0 ? (
            <DataTable
              label="Given up"
              columns={deadColumns(may.resendAction, resendRefusalOf)}
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

const waitingWords = (count: number) =>
  count === 1 ? "1 message waits" : `${count.toLocaleString("en")} messages wait`;

/** Why nothing can be sent again on a channel; null: it can. */
type RefusalOf = (channel: string) => string | null;

const goneWords = "The configuration has no such channel any more";

type ManyGivenUpProps = {
  channels: readonly { channel: string; count: number }[];
  action: NotificationsPageProps["resendAllAction"];
  refusalOf: RefusalOf;
};

/** Channels with several messages that were given up: a receiver was away, and nobody wants to go through them one by one. */
function ManyGivenUp({ channels, action, refusalOf }: ManyGivenUpProps) {
  return channels
    .filter(({ count }) => count > 1)
    .map(({ channel, count }) => (
      <CardBody key={channel} className="cluster border-line border-b">
        <span className="min-w-0 grow [overflow-wrap:anywhere]">
          <span className="mono">{channel}</span>: {count.toLocaleString("en")} messages given up
        </span>
        <ConfirmButton
          label="Send all again"
          accessibleLabel={`Send all again: ${channel}`}
          question={`Send ${count.toLocaleString("en")} messages again?`}
          consequence="They arrive in their order, after newer ones of their requests that got through meanwhile."
          confirm="Send all again"
          done="They are being sent"
          variant="default"
          disabledReason={refusalOf(channel)}
          action={action}
          input={{ channel }}
        />
      </CardBody>
    ));
}

function channelColumns(
  test: TestChannelAction,
  refusal: string | null,
  showsTests: boolean,
): Column<ChannelView>[] {
  const tested: Column<ChannelView> = {
    id: "test",
    header: "Last test",
    narrowLabel: "last test",
    className: "basis-full",
    cell: (channel) => <ChannelTestResult test={channel.test} />,
  };
  return [
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
    ...(showsTests ? [tested] : []),
    {
      id: "send",
      header: "",
      align: "end",
      cell: (channel) => (
        <TestChannelButton
          channel={channel.id}
          underWay={channel.test?.state === "under way"}
          refusal={refusal}
          action={test}
        />
      ),
    },
  ];
}

function deadColumns(
  resend: NotificationsPageProps["resendAction"],
  refusalOf: RefusalOf,
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
          disabledReason={refusalOf(channel)}
          action={resend}
          input={{ id }}
        />
      ),
    },
  ];
}

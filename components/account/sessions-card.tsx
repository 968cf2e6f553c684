import { CircleCheck } from "lucide-react";
import { browserWords } from "#components/account/browser-words.ts";
import { ConfirmButton } from "#components/account/confirm-button.tsx";
import { type Column, DataTable } from "#components/data-table/data-table.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Result } from "#lib/core/result.ts";
import type { SessionView } from "#lib/people/schema.ts";

type Act<I> = (input: I) => Promise<Result<unknown>>;

type SessionsCardProps = {
  title: string;
  personId: string;
  sessions: readonly SessionView[];
  revoke: Act<{ id: string }>;
  /** Ends all, save the session `keep`. */
  endAll: Act<{ id: string; keep: string | null }>;
  /** Why this reader cannot end them; null: they can. */
  disabledReason: string | null;
};

/** Browsers in which a person is signed in. `SessionsCard({ title, personId, sessions, revoke, endAll, disabledReason })`. */
export function SessionsCard({
  title,
  personId,
  sessions,
  revoke,
  endAll,
  disabledReason,
}: SessionsCardProps) {
  const keep = sessions.find(({ current }) => current)?.id ?? null;
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Card>
      <CardHeader
        title={title}
        aside={
          others > 0 ? (
            <ConfirmButton
              label={keep ? "Sign out everywhere else" : "Sign out everywhere"}
              question={keep ? "Sign out everywhere else?" : "Sign out everywhere?"}
              consequence="Whatever is open in those browsers has to sign in again."
              confirm="Sign out"
              done="Signed out"
              disabledReason={disabledReason}
              action={endAll}
              input={{ id: personId, keep }}
            />
          ) : null
        }
      />
      {sessions.length > 0 ? (
        <DataTable
          label={title}
          columns={columnsFor(revoke, disabledReason)}
          rows={sessions}
          rowKey={({ id }) => id}
        />
      ) : (
        <CardBody className="text-ink-2">Not signed in in any browser.</CardBody>
      )}
    </Card>
  );
}

function columnsFor(revoke: Act<{ id: string }>, disabledReason: string | null): Column<SessionView>[] {
  return [
    {
      id: "browser",
      header: "Browser",
      cell: ({ user_agent, current }) => (
        <span className="cluster gap-2">
          <span className="font-medium">{browserWords(user_agent)}</span>
          {current ? (
            <Badge tone="ok" icon={CircleCheck}>
              this browser
            </Badge>
          ) : null}
        </span>
      ),
    },
    {
      id: "address",
      header: "Address",
      narrowLabel: "from",
      cell: ({ address }) => <span className="mono text-ink-2">{address}</span>,
    },
    {
      id: "began",
      header: "Signed in",
      narrowLabel: "signed in",
      cell: ({ created_at }) => <RelativeTime at={created_at} />,
    },
    {
      id: "seen",
      header: "Last used",
      narrowLabel: "last used",
      cell: ({ seen_at }) => <RelativeTime at={seen_at} />,
    },
    {
      id: "end",
      header: "",
      align: "end",
      cell: ({ id, current, user_agent }) =>
        current ? null : (
          <ConfirmButton
            label="Sign out"
            accessibleLabel={`Sign out ${browserWords(user_agent)}`}
            question="Sign this browser out?"
            consequence="Whatever is open there has to sign in again."
            confirm="Sign out"
            done="Signed out"
            disabledReason={disabledReason}
            action={revoke}
            input={{ id }}
          />
        ),
    },
  ];
}

import { CircleSlash } from "lucide-react";
import { ConfirmButton } from "#components/account/confirm-button.tsx";
import { PersonCard } from "#components/account/person-card.tsx";
import { SessionsCard } from "#components/account/sessions-card.tsx";
import { TokensCard } from "#components/account/tokens-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Decision } from "#lib/core/decision.ts";
import type { Result } from "#lib/core/result.ts";
import type { AccountView } from "#lib/people/schema.ts";

type Act<I> = (input: I) => Promise<Result<unknown>>;

type PersonDetailsProps = {
  account: AccountView;
  mayRevoke: Decision;
  mayDeactivate: Decision;
  actions: {
    revokeSession: Act<{ id: string }>;
    endSessions: Act<{ id: string; keep: string | null }>;
    revokeToken: Act<{ id: string }>;
    deactivate: Act<{ id: string }>;
    reactivate: Act<{ id: string }>;
  };
};

const reasonOf = (decision: Decision) => (decision.allowed ? null : decision.reason);

/** A person as the platform group sees them. `PersonDetails({ account, mayRevoke, mayDeactivate, actions })`. */
export function PersonDetails({ account, mayRevoke, mayDeactivate, actions }: PersonDetailsProps) {
  const { person, sessions, tokens } = account;
  const off = person.deactivated_at !== null;
  return (
    <>
      <PageHeader
        title={person.name}
        trail={[{ href: "/people", label: "People" }]}
        badges={
          off ? (
            <Badge tone="bad" icon={CircleSlash}>
              deactivated
            </Badge>
          ) : null
        }
        sub={person.email}
        actions={
          <ConfirmButton
            {...(off ? reactivateWords : deactivateWords)}
            question={`${off ? "Reactivate" : "Deactivate"} ${person.name}?`}
            disabledReason={reasonOf(mayDeactivate)}
            action={off ? actions.reactivate : actions.deactivate}
            input={{ id: person.id }}
          />
        }
      />
      <div className="stack">
        <PersonCard person={person} />
        <SessionsCard
          title="Sessions"
          personId={person.id}
          sessions={sessions}
          revoke={actions.revokeSession}
          endAll={actions.endSessions}
          disabledReason={reasonOf(mayRevoke)}
        />
        <TokensCard
          title="API tokens"
          tokens={tokens}
          revoke={actions.revokeToken}
          disabledReason={reasonOf(mayRevoke)}
        />
      </div>
    </>
  );
}

const deactivateWords = {
  label: "Deactivate…",
  consequence:
    "Their sessions end and their tokens are revoked at once, and they cannot sign in. What they asked for and decided stays.",
  confirm: "Deactivate",
  done: "Deactivated",
  variant: "danger",
} as const;

const reactivateWords = {
  label: "Reactivate…",
  consequence: "They can sign in again. Sessions and tokens of before do not come back.",
  confirm: "Reactivate",
  done: "Reactivated",
  variant: "default",
} as const;

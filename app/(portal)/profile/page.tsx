import type { Metadata } from "next";
import { NewToken } from "#components/account/new-token.tsx";
import { PersonCard } from "#components/account/person-card.tsx";
import { SessionsCard } from "#components/account/sessions-card.tsx";
import { TokensCard } from "#components/account/tokens-card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { getAccount } from "#lib/people/account-queries.ts";
import { describeMe } from "#lib/people/queries.ts";
import { requireSession } from "#lib/server/session.ts";
import { endManySessions, endSession, endToken, newToken } from "./actions.ts";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { id, actor } = await requireSession();
  const { person, sessions, tokens } = await getAccount(actor, { id: actor.id, session: id });
  return (
    <>
      <PageHeader title="Profile" trail={[{ href: "/", label: "Home" }]} />
      <div className="stack">
        <PersonCard person={person} projects={describeMe(actor).projects} />
        <SessionsCard
          title="Your sessions"
          personId={person.id}
          sessions={sessions}
          revoke={endSession}
          endAll={endManySessions}
          disabledReason={null}
        />
        <TokensCard
          title="API tokens"
          tokens={tokens}
          revoke={endToken}
          disabledReason={null}
          create={<NewToken create={newToken} />}
        />
      </div>
    </>
  );
}

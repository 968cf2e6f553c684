import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PersonDetails } from "#components/people/person-details.tsx";
import { AppError } from "#lib/core/errors.ts";
import { getAccount } from "#lib/people/account-queries.ts";
import { canDeactivate, canRevoke, canSeePeople } from "#lib/people/policy.ts";
import { requireSession } from "#lib/server/session.ts";
import { endManySessions, endSession, endToken } from "../../profile/actions.ts";
import { deactivate, reactivate } from "./actions.ts";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const { id: session, actor } = await requireSession();
  const id = decodeURIComponent((await params).id);
  if (!canSeePeople(actor)) notFound();
  const account = await getAccount(actor, { id, session }).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    throw error;
  });
  return (
    <PersonDetails
      account={account}
      mayRevoke={canRevoke(actor, id)}
      mayDeactivate={canDeactivate(actor, id)}
      actions={{
        revokeSession: endSession,
        endSessions: endManySessions,
        revokeToken: endToken,
        deactivate,
        reactivate,
      }}
    />
  );
}

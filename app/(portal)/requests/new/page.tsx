import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { NewRequest } from "#components/request-wizard/new-request.tsx";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError } from "#lib/core/errors.ts";
import { getRequest } from "#lib/requests/queries.ts";
import { getDraft, getWizardOptions } from "#lib/requests/wizard-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { submit } from "./actions.ts";

export const metadata: Metadata = { title: "Ask for tables" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewRequestPage({ searchParams }: Props) {
  const { draft: id, project } = await searchParams;
  const actor = await requireActor();
  const draft = typeof id === "string" ? await readDraft(actor, id) : null;
  return (
    <NewRequest
      key={draft?.id ?? "new"}
      options={await getWizardOptions(actor)}
      draft={draft}
      project={typeof project === "string" ? project : null}
      submit={submit}
    />
  );
}

/** A draft that was submitted meanwhile leads to its request; one that is not there is "not found". */
async function readDraft(actor: UserActor, id: string) {
  try {
    return await getDraft(actor, { id });
  } catch (error) {
    if (!(error instanceof AppError) || (error.code !== "NOT_FOUND" && error.code !== "INVALID")) throw error;
    const submitted = await getRequest(actor, { id }).catch(() => null);
    return submitted ? redirect(`/requests/${submitted.id}`) : notFound();
  }
}

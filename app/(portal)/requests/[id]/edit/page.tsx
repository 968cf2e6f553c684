import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { EditDecommission } from "#components/decommission/edit-decommission.tsx";
import { EditRequest } from "#components/request-wizard/edit-request.tsx";
import { AppError } from "#lib/core/errors.ts";
import { getLiveRequest } from "#lib/requests/live-queries.ts";
import type { RequestTableView } from "#lib/requests/schema.ts";
import { getWizardOptions } from "#lib/requests/wizard-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { resubmit } from "./actions.ts";

export const metadata: Metadata = { title: "Change a request" };

type Props = { params: Promise<{ id: string }> };

export default async function EditRequestPage({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor();
  const { request, may } = await getLiveRequest(actor, { id }).catch((error) => {
    if (error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    throw error;
  });
  if (request.state === "draft") redirect(`/requests/new?draft=${id}`);
  if (!may.resubmit.allowed) redirect(`/requests/${id}`);
  const { number, version, project, environment, justification, tables } = request;
  if (request.kind === "decommission") {
    const left = tables.filter(({ state }) => state !== "deleted");
    return (
      <EditDecommission
        key={version}
        request={{ id, number, version, justification, tables: left.map(({ key, name }) => ({ key, name })) }}
        resubmit={resubmit}
      />
    );
  }
  return (
    <EditRequest
      key={version}
      options={await getWizardOptions(actor)}
      request={{
        id,
        number,
        version,
        project,
        environment,
        justification,
        tables: tables.filter(canStillChange).map(({ key, spec }) => ({ key, spec })),
        usage: request.usage,
      }}
      resubmit={resubmit}
    />
  );
}

/** A table that exists stays as it is, whatever becomes of the rest of its request. */
const canStillChange = ({ state }: RequestTableView) => state === "pending" || state === "failed";

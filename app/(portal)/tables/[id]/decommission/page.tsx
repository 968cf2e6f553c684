import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DecommissionDetails } from "#components/decommission/decommission-details.tsx";
import { AppError } from "#lib/core/errors.ts";
import { getDecommissionPage } from "#lib/requests/decommission-queries.ts";
import { requireActor } from "#lib/server/session.ts";
import { submit } from "../../../requests/new/actions.ts";

type Props = { params: Promise<{ id: string }> };

/** One read for the title and the page. A link that leads nowhere is "not found", whatever is wrong with it. */
const readPage = cache(async (id: string) => {
  const actor = await requireActor();
  try {
    return { ...(await getDecommissionPage(actor, { id })), readAtMilliseconds: Date.now() };
  } catch (error) {
    if (error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Delete ${(await readPage((await params).id)).table.name}` };
}

export default async function DecommissionPage({ params }: Props) {
  return <DecommissionDetails {...(await readPage((await params).id))} submit={submit} />;
}

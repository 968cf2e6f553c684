import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { parseSnippetChoice, snippetOptions } from "#components/snippets/snippet-choice.ts";
import { TableDetails } from "#components/table-details/table-details.tsx";
import type { UserActor } from "#lib/core/actor.ts";
import { AppError, type ErrorCode } from "#lib/core/errors.ts";
import { canDecommission } from "#lib/requests/policy.ts";
import { getRequest } from "#lib/requests/queries.ts";
import { readSnippets } from "#lib/server/read-snippets.ts";
import { requireActor } from "#lib/server/session.ts";
import { getTablePage } from "#lib/tables/page-queries.ts";
import type { TableView } from "#lib/tables/schema.ts";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One read for the title and the page. A link that leads nowhere is "not found", whatever is wrong with it. */
const readTable = cache(async (id: string) => {
  const actor = await requireActor();
  try {
    return { actor, ...(await getTablePage(actor, { id })) };
  } catch (error) {
    if (isRefusal(error, ["NOT_FOUND", "INVALID"])) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readTable((await params).id)).table.name };
}

export default async function TablePage({ params, searchParams }: Props) {
  const { actor, table, observed } = await readTable((await params).id);
  const choice = parseSnippetChoice(await searchParams);
  const wanted = { format: choice.format, options: snippetOptions(choice) };
  return (
    <TableDetails
      table={table}
      observed={observed}
      events={await readEvents(actor, table)}
      mayDecommission={canDecommission(actor, table)}
      choice={choice}
      outcome={await readSnippets(actor, { table_ids: [table.id] }, wanted)}
    />
  );
}

/** The history: of the request it came with, and of the one it goes with. */
async function readEvents(actor: UserActor, { request, decommission }: TableView) {
  const made = await readEventsOf(actor, request.id);
  return decommission ? [...made, ...(await readEventsOf(actor, decommission.id))] : made;
}

/** None for those who may see the table but not the request. */
async function readEventsOf(actor: UserActor, id: string) {
  try {
    return (await getRequest(actor, { id })).events;
  } catch (error) {
    if (isRefusal(error, ["NOT_FOUND"])) return [];
    throw error;
  }
}

function isRefusal(error: unknown, codes: ErrorCode[]): error is AppError {
  return error instanceof AppError && codes.includes(error.code);
}

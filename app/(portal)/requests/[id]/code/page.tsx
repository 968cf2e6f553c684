import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { RequestCode } from "#components/snippets/request-code.tsx";
import {
  parseSnippetChoice,
  type SearchParams,
  snippetOptions,
} from "#components/snippets/snippet-choice.ts";
import { AppError } from "#lib/core/errors.ts";
import { getRequest } from "#lib/requests/queries.ts";
import { readSnippets } from "#lib/server/read-snippets.ts";
import { requireActor } from "#lib/server/session.ts";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

/** One read for the title and the page. A link that leads nowhere is "not found", whatever is wrong with it. */
const readRequest = cache(async (id: string) => {
  const actor = await requireActor();
  try {
    const request = await getRequest(actor, { id });
    if (request.state !== "draft" && request.kind !== "decommission") return { actor, request };
  } catch (error) {
    if (!(error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID"))) throw error;
  }
  notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Code of request ${(await readRequest((await params).id)).request.number}` };
}

export default async function RequestCodePage({ params, searchParams }: Props) {
  const { actor, request } = await readRequest((await params).id);
  const choice = parseSnippetChoice({ format: "terraform-module", ...(await searchParams) });
  const wanted = { format: choice.format, options: snippetOptions(choice) };
  const outcome = await readSnippets(actor, { request_id: request.id }, wanted);
  return <RequestCode request={request} choice={choice} outcome={outcome} />;
}

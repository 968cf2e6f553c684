import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ProjectDetails } from "#components/project/project-details.tsx";
import { chosenTables, parseTableChoice } from "#components/project/table-choice.ts";
import { parseSnippetChoice, snippetOptions } from "#components/snippets/snippet-choice.ts";
import type { SnippetOutcome } from "#components/snippets/snippet-outcome.ts";
import { AppError } from "#lib/core/errors.ts";
import type { SearchParams } from "#lib/server/list-address.ts";
import { readSnippets } from "#lib/server/read-snippets.ts";
import { requireActor } from "#lib/server/session.ts";
import { getProjectPage } from "#lib/tables/project-queries.ts";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { environment } = parseTableChoice(await searchParams);
  return { title: (await readProject(await nameIn(params), environment)).page.project };
}

export default async function ProjectPage({ params, searchParams }: Props) {
  const address = await searchParams;
  const tableChoice = parseTableChoice(address);
  const { actor, page } = await readProject(await nameIn(params), tableChoice.environment);
  const choice = parseSnippetChoice(address);
  const chosen = chosenTables(page.tables, tableChoice);
  const wanted = { format: choice.format, options: snippetOptions(choice) };
  const outcome: SnippetOutcome =
    chosen.length === 0
      ? { state: "none", reason: "Tick the tables that the code is wanted for." }
      : await readSnippets(actor, { table_ids: chosen.map(({ id }) => id) }, wanted);
  return <ProjectDetails {...page} chosen={chosen} choice={choice} outcome={outcome} />;
}

/** One read for the title and the page. A project one may not see is "not found", as one that does not exist. */
const readProject = cache(async (project: string, environment: string | undefined) => {
  const actor = await requireActor();
  try {
    return { actor, page: await getProjectPage(actor, { project, environment }) };
  } catch (error) {
    if (error instanceof AppError && (error.code === "NOT_FOUND" || error.code === "INVALID")) notFound();
    throw error;
  }
});

/** The name as it is called; an address may hold it encoded, or broken. */
async function nameIn(params: Props["params"]): Promise<string> {
  const { project } = await params;
  try {
    return decodeURIComponent(project);
  } catch {
    notFound();
  }
}

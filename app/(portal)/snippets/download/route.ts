import { chosenTables, parseTableChoice } from "#components/project/table-choice.ts";
import { parseSnippetChoice, snippetOptions } from "#components/snippets/snippet-choice.ts";
import { downloadSnippets } from "#lib/server/download-snippets.ts";
import { getProjectPage } from "#lib/tables/project-queries.ts";

/**
 * The files that a page shows: one by its name (`file=`), or all of them in a .zip. The address says which tables
 * (`table_id`, `request_id`, or `project` with what its page keeps in its address) and what code, as the page's does.
 */
export const GET = downloadSnippets(async (actor, query) => {
  const choice = parseSnippetChoice(query);
  const wanted = { format: choice.format, options: snippetOptions(choice) };
  if (query.table_id) return { selection: { table_ids: [String(query.table_id)] }, wanted };
  if (query.request_id) return { selection: { request_id: String(query.request_id) }, wanted };
  const tableChoice = parseTableChoice(query);
  const { tables } = await getProjectPage(actor, {
    project: String(query.project),
    environment: tableChoice.environment,
  });
  const table_ids = chosenTables(tables, tableChoice).map(({ id }) => id);
  return { selection: { table_ids }, wanted };
});

import { Plus, Table2 } from "lucide-react";
import { DeniedCall } from "#components/denied-call/denied-call.tsx";
import { ProjectTables } from "#components/project/project-tables.tsx";
import { tableChoiceParts } from "#components/project/table-choice.ts";
import { choiceHref, type SnippetChoice } from "#components/snippets/snippet-choice.ts";
import type { SnippetOutcome } from "#components/snippets/snippet-outcome.ts";
import { SnippetPanel } from "#components/snippets/snippet-panel.tsx";
import type { TableRow } from "#components/table-list/table-rows.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SegLinks } from "#components/ui/seg.tsx";

type ProjectDetailsProps = {
  project: string;
  environments: readonly { name: string; tables: number }[];
  /** The one that is shown. */
  environment: string;
  tables: readonly (TableRow & { key: string })[];
  /** Those of them that code is shown for. */
  chosen: readonly { key: string }[];
  choice: SnippetChoice;
  outcome: SnippetOutcome;
};

/**
 * A project's tables in one environment, and the code to use those that are chosen.
 * `ProjectDetails({ project, environments, environment, tables, chosen, choice, outcome })`.
 */
export function ProjectDetails(props: ProjectDetailsProps) {
  const { project, environments, environment, tables, chosen, choice, outcome } = props;
  const path = `/projects/${encodeURIComponent(project)}`;
  const keep = tableChoiceParts(environment, tables, chosen);
  return (
    <>
      <ProjectHeader project={project} environments={environments} />
      <div className="stack">
        <SegLinks
          label="Environment"
          items={environments.map(({ name, tables: count }) => ({
            label: `${name} ${count}`,
            href: choiceHref({ path, keep: [["environment", name]] }, choice),
            current: name === environment,
          }))}
        />
        {tables.length === 0 ? (
          <Card label={`Tables in ${environment}`}>
            <EmptyState
              icon={Table2}
              title={`No tables in ${environment} yet`}
              action={<AskForTables project={project} />}
            >
              They appear here once their request is approved, with policies and infrastructure code to copy.
            </EmptyState>
          </Card>
        ) : (
          <div className="split wide:grid-rows-[auto_1fr]">
            <ProjectTables
              path={path}
              environment={environment}
              tables={tables}
              chosen={chosen}
              inAll={environments.find(({ name }) => name === environment)?.tables ?? tables.length}
              choice={choice}
            />
            <div className="min-w-0 wide:row-span-2">
              <SnippetPanel
                title="Use these tables"
                aside={chosen.length === 1 ? "1 table" : `${chosen.length} tables`}
                address={{ path, keep }}
                source={[["project", project], ...keep]}
                choice={choice}
                outcome={outcome}
              />
            </div>
            <DeniedCall project={project} />
          </div>
        )}
      </div>
    </>
  );
}

function ProjectHeader({ project, environments }: Pick<ProjectDetailsProps, "project" | "environments">) {
  const count = environments.reduce((sum, { tables }) => sum + tables, 0);
  return (
    <PageHeader
      trail={[{ href: "/tables", label: "Tables" }]}
      title={project}
      sub={`Project · ${count} ${count === 1 ? "table" : "tables"}`}
      actions={count > 0 ? <AskForTables project={project} /> : null}
    />
  );
}

function AskForTables({ project }: { project: string }) {
  return (
    <LinkButton href={`/requests/new?project=${encodeURIComponent(project)}`} icon={Plus}>
      Ask for tables
    </LinkButton>
  );
}

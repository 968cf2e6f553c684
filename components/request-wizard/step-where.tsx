"use client";

import { SelectField, TextareaField } from "#components/form/text-field.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Note } from "#components/ui/note.tsx";
import { useBound } from "./fields.tsx";
import { TableRows, type TableVerbs } from "./table-rows.tsx";
import { useWizard } from "./wizard-context.ts";

/** Where the tables go, why, and what they are called. */
export function StepWhere({ verbs }: { verbs: TableVerbs }) {
  const { edited, values } = useWizard();
  const justification = useBound("justification");
  return (
    <>
      {edited ? (
        <DefinitionList>
          <Definition term="Project">{values.project}</Definition>
          <Definition term="Environment">{values.environment}</Definition>
        </DefinitionList>
      ) : (
        <Place />
      )}
      <TextareaField
        {...justification.input}
        error={justification.error}
        label="Justification"
        hint="What the tables are for. The people who approve read it."
        rows={3}
        maxLength={2000}
      />
      <TableRows verbs={verbs} />
    </>
  );
}

const choose = { value: "", label: "Choose…" };

function Place() {
  const { options, values } = useWizard();
  const project = useBound("project");
  const environment = useBound("environment");
  const chosen = options.environments.find(({ name }) => name === values.environment);
  return (
    <>
      <div className="grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">
        <SelectField
          {...project.input}
          error={project.error}
          label="Project"
          hint={options.projects.length === 0 ? "You are not a developer of any project yet." : undefined}
          options={[choose, ...options.projects.map((name) => ({ value: name, label: name }))]}
        />
        <SelectField
          {...environment.input}
          error={environment.error}
          label="Environment"
          hint={chosen ? `Account ${chosen.account} · ${chosen.region}` : undefined}
          options={[choose, ...options.environments.map(({ name }) => ({ value: name, label: name }))]}
        />
      </div>
      {chosen?.paused ? (
        <Note tone="warn" live title={`${chosen.name} is paused.`}>
          You can ask, and be approved; the tables are made once it goes on.
        </Note>
      ) : null}
    </>
  );
}

"use client";

import { DecommissionForm } from "#components/decommission/decommission-form.tsx";
import type { Result } from "#lib/core/result.ts";

export type SubmitDecommission = (input: {
  body: {
    kind: "decommission";
    project: string;
    environment: string;
    tables: string[];
    justification: string;
  };
}) => Promise<Result<{ id: string }>>;

type DecommissionTableProps = {
  table: { key: string; name: string; project: string; environment: string };
  submit: SubmitDecommission;
};

/** The form that asks for the end of one table. `DecommissionTable({ table, submit })`. */
export function DecommissionTable({ table, submit }: DecommissionTableProps) {
  const { key, name, project, environment } = table;
  return (
    <DecommissionForm
      name={name}
      justification=""
      submitLabel="Ask to delete it"
      send={(justification) =>
        submit({ body: { kind: "decommission", project, environment, tables: [key], justification } })
      }
    />
  );
}

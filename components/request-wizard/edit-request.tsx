"use client";

import { QueryProvider } from "#lib/client/query-provider.tsx";
import type { Result } from "#lib/core/result.ts";
import type { Usage } from "#lib/table-spec/cost.ts";
import type { TableSpec } from "#lib/table-spec/schema.ts";
import { toTableForms } from "./from-body.ts";
import { steps } from "./steps.ts";
import { toTables, toUsages } from "./to-body.ts";
import { Wizard } from "./wizard.tsx";
import type { WizardOptions } from "./wizard-context.ts";

type EditRequestProps = {
  options: WizardOptions;
  request: {
    id: string;
    number: number;
    version: number;
    project: string;
    environment: string;
    justification: string;
    /** The tables that can still be changed. */
    tables: { key: string; spec: TableSpec }[];
    /** What is expected of them, by key. */
    usage: Record<string, Usage> | null;
  };
  resubmit: (input: {
    id: string;
    version: number;
    tables: unknown;
    usage: unknown;
    justification: string;
  }) => Promise<Result<{ id: string }>>;
};

/** Changes a request that was sent. Nothing is kept before it is sent again. `EditRequest({ options, request, resubmit })`. */
export function EditRequest({ options, request, resubmit }: EditRequestProps) {
  const { id, number, version, project, environment, justification, tables, usage } = request;
  return (
    <QueryProvider>
      <Wizard
        title={`Change request ${number}`}
        trail={[
          { href: "/requests", label: "Requests" },
          { href: `/requests/${id}`, label: `Request ${number}` },
        ]}
        submitLabel="Send again"
        sub="what was approved so far is void once it is sent again"
        options={options}
        initial={() => ({ project, environment, justification, tables: toTableForms(tables, usage) })}
        first={{ step: "where", reached: steps.length - 1 }}
        stored={null}
        notes={null}
        edited={{ id, number, version, keys: tables.map(({ key }) => key) }}
        send={(form) =>
          resubmit({
            id,
            version,
            tables: toTables(form.tables),
            usage: toUsages(form.tables),
            justification: form.justification,
          })
        }
      />
    </QueryProvider>
  );
}

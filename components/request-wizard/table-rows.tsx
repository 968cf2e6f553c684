"use client";

import { Copy, Plus, Trash2 } from "lucide-react";
import { TextField } from "#components/form/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { useBound } from "./fields.tsx";
import { shownKey, type TableForm } from "./form-values.ts";
import { NameWords } from "./name-words.tsx";
import { useWizard } from "./wizard-context.ts";

/** What can be done with the tables of the request, by their place in it. */
export type TableVerbs = {
  add: () => void;
  duplicate: (place: number) => void;
  remove: (place: number) => void;
};

const mostTables = 100;

/** The tables of the request by their short names, with the names they will get. */
export function TableRows({ verbs }: { verbs: TableVerbs }) {
  const { tables } = useWizard().values;
  const full = tables.length >= mostTables ? `A request holds at most ${mostTables} tables.` : null;
  return (
    <fieldset className="grid min-w-0 gap-2.5">
      <legend className="pb-1 font-strong">
        {tables.length === 1 ? "Table" : `${tables.length} tables`}
      </legend>
      {tables.map((table, place) => (
        <TableRow
          key={table.uid}
          table={table}
          place={place}
          verbs={verbs}
          only={tables.length === 1}
          full={full}
        />
      ))}
      <div>
        <Button icon={Plus} onClick={verbs.add} disabledReason={full}>
          Add a table
        </Button>
      </div>
    </fieldset>
  );
}

type TableRowProps = {
  table: TableForm;
  place: number;
  verbs: TableVerbs;
  /** It is the last one left. */
  only: boolean;
  /** Why no table can be added. */
  full: string | null;
};

function TableRow({ table, place, verbs, only, full }: TableRowProps) {
  const key = useBound(`tables.${place}.key`);
  const { name, state } = useWizard().nameOf(table);
  const shown = shownKey(table, place);
  return (
    <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
      <TextField
        {...key.input}
        error={key.error}
        mono
        label={only ? "Short name" : `Short name of table ${place + 1}`}
        hint={
          <>
            <span className="mono [overflow-wrap:anywhere]">{name}</span>
            {key.error ? null : (
              <>
                {" · "}
                <NameWords state={state} />
              </>
            )}
          </>
        }
        fieldClassName="min-w-0 grow basis-56"
      />
      <div className="flex sm:pt-6">
        <Button variant="quiet" icon={Copy} onClick={() => verbs.duplicate(place)} disabledReason={full}>
          Duplicate<span className="sr-only"> {shown}</span>
        </Button>
        {only ? null : (
          <Button variant="quiet" icon={Trash2} onClick={() => verbs.remove(place)}>
            Remove<span className="sr-only"> {shown}</span>
          </Button>
        )}
      </div>
    </div>
  );
}

"use client";

import { Plus } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Fieldset } from "#components/ui/field.tsx";
import { maxLocalSecondaryIndexes } from "#lib/table-spec/index-schema.ts";
import { controlId } from "./faults.ts";
import { focusField } from "./focus-field.ts";
import { emptyIndex } from "./form-values.ts";
import { IndexFields } from "./index-fields.tsx";
import { KeyField } from "./key-field.tsx";
import { useTable, useWizard } from "./wizard-context.ts";

/** The table's local secondary indexes. */
export function LocalIndexes() {
  const { form, messageOf } = useWizard();
  const { table, at } = useTable();
  const name = `tables.${at}.spec.local_secondary_indexes` as const;
  const { fields, append, remove } = useFieldArray({ control: form.control, name });
  const indexes = table.spec.local_secondary_indexes;
  return (
    <Fieldset
      id={controlId(name)}
      legend="Local secondary indexes"
      hint="Another order within each partition key. They cannot be added, changed or removed later."
      error={messageOf(name)}
    >
      <div className="stack gap-2.5 pb-1">
        {fields.map((field, place) => {
          const index = indexes[place];
          const path = `local_secondary_indexes.${place}`;
          if (!index) return null;
          return (
            <IndexFields
              key={field.id}
              path={path}
              index={index}
              what="Local secondary index"
              onRemove={() => remove(place)}
            >
              <KeyField path={`${path}.sort_key`} label="Index sort key" />
            </IndexFields>
          );
        })}
        <div>
          <Button
            icon={Plus}
            onClick={() => {
              append(emptyIndex, { shouldFocus: false });
              focusField(`${name}.${fields.length}.name`);
            }}
            disabledReason={addProblem(table.spec.sort_key, fields.length)}
          >
            Add a local index
          </Button>
        </div>
      </div>
    </Fieldset>
  );
}

function addProblem(sortKey: string, count: number): string | null {
  if (sortKey === "") return "Local indexes need a table with a sort key; name one in the step Keys.";
  if (count >= maxLocalSecondaryIndexes)
    return `A table has at most ${maxLocalSecondaryIndexes} local secondary indexes.`;
  return null;
}

"use client";

import { Plus } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Fieldset } from "#components/ui/field.tsx";
import { maxGlobalSecondaryIndexes } from "#lib/table-spec/index-schema.ts";
import { controlId } from "./faults.ts";
import { SpecNumber } from "./fields.tsx";
import { focusField } from "./focus-field.ts";
import { emptyGlobalIndex } from "./form-values.ts";
import { IndexFields } from "./index-fields.tsx";
import { KeyField } from "./key-field.tsx";
import { useTable, useWizard } from "./wizard-context.ts";

/** The table's global secondary indexes. */
export function GlobalIndexes() {
  const { form, messageOf } = useWizard();
  const { table, at } = useTable();
  const name = `tables.${at}.spec.global_secondary_indexes` as const;
  const { fields, append, remove } = useFieldArray({ control: form.control, name });
  const indexes = table.spec.global_secondary_indexes;
  const provisioned = table.spec.billing_mode === "PROVISIONED";
  return (
    <Fieldset
      id={controlId(name)}
      legend="Global secondary indexes"
      hint="Query by other keys than the table's. Each is a copy of its own that costs storage and writes."
      error={messageOf(name)}
    >
      <div className="stack gap-2.5 pb-1">
        {fields.map((field, place) => {
          const index = indexes[place];
          const path = `global_secondary_indexes.${place}`;
          if (!index) return null;
          return (
            <IndexFields
              key={field.id}
              path={path}
              index={index}
              what="Global secondary index"
              onRemove={() => remove(place)}
              after={provisioned ? <IndexCapacity path={path} /> : null}
            >
              <KeyField path={`${path}.partition_key`} label="Index partition key" />
              <KeyField path={`${path}.sort_key`} label="Index sort key" optional />
            </IndexFields>
          );
        })}
        <div>
          <Button
            icon={Plus}
            onClick={() => {
              append(emptyGlobalIndex, { shouldFocus: false });
              focusField(`${name}.${fields.length}.name`);
            }}
            disabledReason={
              fields.length >= maxGlobalSecondaryIndexes
                ? `A table has at most ${maxGlobalSecondaryIndexes} global secondary indexes.`
                : null
            }
          >
            Add a global index
          </Button>
        </div>
      </div>
    </Fieldset>
  );
}

function IndexCapacity({ path }: { path: string }) {
  return (
    <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
      <SpecNumber path={`${path}.read_capacity`} label="Read capacity units of the index" />
      <SpecNumber path={`${path}.write_capacity`} label="Write capacity units of the index" />
    </div>
  );
}

"use client";

import { Plus, Trash2 } from "lucide-react";
import { useFieldArray } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { Fieldset } from "#components/ui/field.tsx";
import { controlId } from "./faults.ts";
import { SpecText } from "./fields.tsx";
import { focusField } from "./focus-field.ts";
import { useTable, useWizard } from "./wizard-context.ts";

/** The table's own tags. */
export function TagFields() {
  const { form, messageOf } = useWizard();
  const { table, at } = useTable();
  const name = `tables.${at}.spec.tags` as const;
  const { fields, append, remove } = useFieldArray({ control: form.control, name });
  return (
    <Fieldset
      id={controlId(name)}
      legend="Tags"
      hint="Project, Environment, ManagedBy, Name, Purpose and Type are written by the portal."
      error={messageOf(name)}
    >
      <div className="stack gap-2.5 pb-1">
        {fields.map((field, place) => (
          <div key={field.id} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-start gap-2">
            <SpecText path={`tags.${place}.key`} plain label="Tag key" />
            <SpecText path={`tags.${place}.value`} plain label="Tag value" />
            <Button variant="quiet" icon={Trash2} onClick={() => remove(place)} className="mt-6">
              <span className="sr-only">Remove tag {table.spec.tags[place]?.key ?? ""}</span>
            </Button>
          </div>
        ))}
        <div>
          <Button
            icon={Plus}
            onClick={() => {
              append({ key: "", value: "" }, { shouldFocus: false });
              focusField(`${name}.${fields.length}.key`);
            }}
          >
            Add a tag
          </Button>
        </div>
      </div>
    </Fieldset>
  );
}

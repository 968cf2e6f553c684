"use client";

import type { ReactNode } from "react";
import { SelectField } from "#components/form/text-field.tsx";
import { attributeTypeLabel } from "#lib/table-spec/describe.ts";
import type { AttributeType } from "#lib/table-spec/spec-fields.ts";
import { SpecSelect, SpecText } from "./fields.tsx";
import { typeDecidedBy } from "./key-types.ts";
import { useTable } from "./wizard-context.ts";

const typeOptions = (Object.entries(attributeTypeLabel) as [AttributeType, string][]).map(
  ([value, label]) => ({
    value,
    label: `${value} ${label.toLowerCase()}`,
  }),
);

type KeyFieldProps = {
  /** From the spec down, such as "global_secondary_indexes.0.sort_key". */
  path: string;
  label: string;
  hint?: ReactNode;
  optional?: boolean;
};

/** A key attribute and its type. An attribute that is a key elsewhere has its type from there. */
export function KeyField({ path, label, hint, optional }: KeyFieldProps) {
  const decided = typeDecidedBy(useTable().table.spec, path);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7.25rem] items-start gap-2 sm:grid-cols-[minmax(0,1fr)_8.25rem]">
      <SpecText path={path} label={label} hint={hint} optional={optional} />
      {decided ? (
        <SelectField
          label={<TypeLabel of={label} />}
          options={typeOptions}
          value={decided.type}
          disabled
          hint="Has its type from the other key."
        />
      ) : (
        <SpecSelect path={`${path}_type`} label={<TypeLabel of={label} />} options={typeOptions} />
      )}
    </div>
  );
}

function TypeLabel({ of }: { of: string }) {
  return (
    <>
      <span className="sr-only">{of}: </span>Type
    </>
  );
}

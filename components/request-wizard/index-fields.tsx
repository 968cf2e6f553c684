"use client";

import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { projectionTypeExplanation, projectionTypeLabel } from "#lib/table-spec/describe.ts";
import { choicesOf, SpecLines, SpecText } from "./fields.tsx";
import type { IndexForm } from "./form-values.ts";
import { RadioList } from "./radio-list.tsx";

type IndexFrameProps = {
  /** From the spec down, such as "local_secondary_indexes.0". */
  path: string;
  index: IndexForm;
  what: string;
  onRemove: () => void;
  /** The index's keys. */
  children: ReactNode;
  /** What follows the projection. */
  after?: ReactNode;
};

/** The fields that every secondary index has, around its keys. */
export function IndexFields({ path, index, what, onRemove, children, after }: IndexFrameProps) {
  return (
    <fieldset className="stack min-w-0 rounded-md border border-line px-3 py-3">
      <legend className="sr-only">
        {what} {index.name || "without a name"}
      </legend>
      <div className="flex items-start gap-2">
        <SpecText
          path={`${path}.name`}
          label="Index name"
          fieldClassName="grow"
          hint="3 to 255 characters, such as by-customer."
        />
        <Button variant="quiet" icon={Trash2} onClick={onRemove} className="mt-6">
          Remove<span className="sr-only"> {index.name || what}</span>
        </Button>
      </div>
      {children}
      <RadioList
        path={`${path}.projection_type`}
        legend="What the index holds"
        options={choicesOf(projectionTypeLabel, projectionTypeExplanation)}
      />
      {index.projection_type === "INCLUDE" ? (
        <SpecLines
          path={`${path}.non_key_attributes`}
          label="Chosen attributes"
          hint="One name a line, up to 20. Keys are in it anyway."
        />
      ) : null}
      {after}
    </fieldset>
  );
}

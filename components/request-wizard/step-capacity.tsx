"use client";

import {
  billingModeExplanation,
  billingModeLabel,
  tableClassExplanation,
  tableClassLabel,
} from "#lib/table-spec/describe.ts";
import { choicesOf, SpecChoice, SpecNumber } from "./fields.tsx";
import { useTable } from "./wizard-context.ts";

/** Billing mode, capacity and table class. Unit sizes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/provisioned-capacity-mode.html */
export function StepCapacity() {
  const { table } = useTable();
  const provisioned = table.spec.billing_mode === "PROVISIONED";
  return (
    <>
      <SpecChoice
        path="billing_mode"
        legend="Billing mode"
        options={choicesOf(billingModeLabel, billingModeExplanation)}
      />
      {provisioned ? (
        <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
          <SpecNumber
            path="read_capacity"
            label="Read capacity units"
            hint="One is one read of up to 4 KB a second, or two that may be a moment old."
          />
          <SpecNumber
            path="write_capacity"
            label="Write capacity units"
            hint="One is one write of up to 1 KB a second."
          />
        </div>
      ) : (
        <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
          <SpecNumber
            path="max_read_request_units"
            label="Most read request units"
            optional
            hint="Per second. A guard against bills: reads beyond it are throttled. Empty: no limit of your own."
          />
          <SpecNumber
            path="max_write_request_units"
            label="Most write request units"
            optional
            hint="Per second. A guard against bills: writes beyond it are throttled. Empty: no limit of your own."
          />
        </div>
      )}
      <SpecChoice
        path="table_class"
        legend="Table class"
        options={choicesOf(tableClassLabel, tableClassExplanation)}
      />
      <fieldset className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        <legend className="pb-2 font-strong">What you expect</legend>
        <p className="text-ink-2 text-sm sm:col-span-2">
          For the cost estimate that you and the reviewers see. It changes nothing of the table.
        </p>
        <SpecNumber
          path="reads_per_second"
          label="Reads a second"
          decimal
          optional
          hint="On average, of one item each."
        />
        <SpecNumber path="writes_per_second" label="Writes a second" decimal optional hint="On average." />
        <SpecNumber path="item_kb" label="Size of an item in KB" decimal optional hint="Empty: 1 KB." />
        <SpecNumber path="items" label="Items" optional hint="How many there will be, once it is in use." />
      </fieldset>
    </>
  );
}

"use client";

import { encryptionExplanation, encryptionLabel } from "#lib/table-spec/describe.ts";
import { choicesOf, SpecNumber, SpecSwitch, SpecText } from "./fields.tsx";
import { RadioList } from "./radio-list.tsx";
import { useTable } from "./wizard-context.ts";

/** Recovery, encryption and deletion protection. */
export function StepProtection() {
  const { enable_point_in_time_recovery, encryption } = useTable().table.spec;
  return (
    <>
      <SpecSwitch
        path="enable_point_in_time_recovery"
        label="Point-in-time recovery"
        hint="Restores the table as it was at any second. For production data that matters; charged by the size of the table."
      />
      {enable_point_in_time_recovery ? (
        <div className="max-w-64 pl-[42px]">
          <SpecNumber
            path="point_in_time_recovery_days"
            label="Recovery window in days"
            hint="1 to 35. The price is the same."
          />
        </div>
      ) : null}
      <SpecSwitch
        path="deletion_protection"
        label="Deletion protection"
        hint="Nobody can delete the table before this is switched off. Free of charge."
      />
      <RadioList
        path="encryption"
        legend="Encryption at rest"
        options={choicesOf(encryptionLabel, encryptionExplanation)}
      />
      {encryption === "customer_managed" ? (
        <div className="pl-6">
          <SpecText
            path="kms_key_id"
            label="KMS key"
            hint="Its id, its ARN, an alias (alias/…) or an alias ARN, in the Region of the table."
          />
        </div>
      ) : null}
    </>
  );
}

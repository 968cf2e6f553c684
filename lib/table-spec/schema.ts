import { z } from "zod";
import { mapOf } from "./field-schemas.ts";
import { specRules } from "./rules.ts";
import { encryptionTypes, tableSpecFields } from "./spec-fields.ts";

/** Most tables in one request. */
export const maxTables = 100;

const completeFields = tableSpecFields.extend({ encryption: z.enum(encryptionTypes) });

const checkedFields = tableSpecFields.superRefine(
  (spec, context) => {
    const faulty = new Set(context.issues.flatMap((issue) => issue.path?.slice(0, 1) ?? []));
    for (const rule of specRules) {
      if (rule.reads.some((field) => faulty.has(field))) continue;
      for (const { path, message } of rule.check(spec)) {
        context.addIssue({ code: "custom", path, message, params: { id: rule.id } });
      }
    }
  },
  // Without it zod would leave the rules out as soon as any field is at fault.
  { when: ({ value, issues }) => isObject(value) && !issues.some((issue) => isWhole(issue)) },
);

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isWhole = (issue: z.core.$ZodRawIssue) => issue.code === "invalid_type" && !issue.path?.length;

/**
 * One table as the Terraform module describes it, and the options beyond the module. Takes what a tfvars map holds
 * (null or absent = default), gives back every key. Issues of the rules between fields carry `params.id`.
 */
export const tableSpecSchema = z.codec(checkedFields, completeFields, {
  decode: (spec) => ({
    ...spec,
    encryption: spec.encryption ?? (spec.kms_key_id === null ? "aws_managed" : "customer_managed"),
  }),
  encode: (spec) => spec as z.output<typeof checkedFields>,
});

/** A complete spec: every key present, defaults filled in, null where there is none. */
export type TableSpec = z.output<typeof tableSpecSchema>;

/** What may be given for a table. */
export type TableSpecInput = z.input<typeof tableSpecSchema>;

const tableKey = z.string().superRefine((key, context) => {
  if (/^[^\p{Cc}]{1,255}$/u.test(key) && key.isWellFormed()) return;
  context.addIssue({
    code: "custom",
    params: { id: "table-key" },
    message: "A table's key must have 1 to 255 characters and no control characters. Choose another one.",
  });
});

/** The `tables` of a request: key → spec, 1 to 100 entries. What a key may look like further is the platform's to say. */
export const tablesSchema = mapOf("tables", "an object from keys to tables", tableKey, tableSpecSchema, {
  nullIsAbsent: false,
})
  .refine(
    (tables) => {
      const count = Object.keys(tables).length;
      return count >= 1 && count <= maxTables;
    },
    {
      params: { id: "table-count" },
      error: (issue) =>
        `tables has ${Object.keys(issue.input as object).length} entries; a request holds 1 to ${maxTables}. ${
          Object.keys(issue.input as object).length === 0 ? "Add a table." : "Split it into several requests."
        }`,
    },
  )
  .meta({ minProperties: 1, maxProperties: maxTables });

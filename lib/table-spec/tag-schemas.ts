import { z } from "zod";
import { mustBe } from "./field-schemas.ts";

/** Tag keys the platform writes itself, refused in a spec and in the platform's file. */
export const reservedTagKeys = [
  "Project",
  "Environment",
  "ManagedBy",
  "Name",
  "Purpose",
  "Type",
  "tablewright:table-id",
] as const;

/** Most tags a table may carry. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TaggingRestrictions.html */
export const maxTags = 50;

const characters = /^[\p{L}\p{Z}\p{N}+\-=._:/]*$/u;
const charactersInWords = "letters, spaces, numbers and + - = . _ : /";
const reserved = new Set<string>(reservedTagKeys);

/**
 * What is wrong with a tag key somebody else than the platform wants to set, or null. Characters and lengths:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TaggingRestrictions.html
 */
export function tagKeyProblem(key: string): string | null {
  const shown = JSON.stringify(key.slice(0, 130));
  if (key.length < 1 || key.length > 128) return `Tag key ${shown} must have 1 to 128 characters.`;
  if (!characters.test(key)) return `Tag key ${shown} may hold only ${charactersInWords}.`;
  if (/^aws:/i.test(key))
    return `Tag key ${shown} begins with "aws:", which belongs to AWS. Choose another key.`;
  if (reserved.has(key)) return `Tag ${shown} is written by the platform. Remove it.`;
  if (key === "__proto__") return `Tag key "__proto__" is not possible. Choose another key.`;
  return null;
}

/** What is wrong with a tag value, or null: 0 to 256 characters of the set AWS documents, not beginning with `aws:`. */
export function tagValueProblem(what: string, value: string): string | null {
  if (value.length > 256)
    return `${what} has ${value.length} characters; a tag value may have 256. Shorten it.`;
  if (!characters.test(value))
    return `${what} may hold only ${charactersInWords}, for it is a tag value. Remove other characters.`;
  if (/^aws:/i.test(value)) return `${what} begins with "aws:", which belongs to AWS. Write it differently.`;
  return null;
}

/** A tag key in a spec; the issue's id is `tag-key`. */
export const tagKeySchema = z.string().superRefine((key, context) => {
  const message = tagKeyProblem(key);
  if (message) context.addIssue({ code: "custom", message, params: { id: "tag-key" } });
});

/** Text that becomes a tag value; the issue's id is `tag-value`. `field` names it in messages. */
export function tagValueSchema(field: string) {
  return z
    .string({ error: mustBe(field, "text of at most 256 characters") })
    .superRefine((value, context) => {
      const message = tagValueProblem(field, value);
      if (message) context.addIssue({ code: "custom", message, params: { id: "tag-value" } });
    });
}

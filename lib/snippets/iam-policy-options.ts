import * as z from "zod";
import { attributeName } from "#lib/table-spec/field-schemas.ts";
import { iamAccesses } from "./iam-policy.ts";

/** `true` and `false` as a query string has them, or as JSON. */
const flag = (name: string, fallback: boolean) =>
  z
    .union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")], {
      error: `${name} must be true or false.`,
    })
    .default(fallback);

/** At each comma, but for those inside a policy variable: `${aws:PrincipalTag/team, 'none'}` stays whole. */
function atCommas(text: string): string[] {
  const items = [...text.matchAll(/((?:\$\{[^{}]*\}|[^,])*)(,|$)/g)];
  const last = items.findIndex(([, , end]) => end === "");
  return items.slice(0, last + 1).map(([, item]) => item!.trim());
}

/** The text form of a list: separated by commas, or a JSON array. Anything else is left for the schema to refuse. */
function listFromText(input: unknown, separate: (text: string) => string[]): unknown {
  if (typeof input !== "string") return input;
  if (!input.trimStart().startsWith("[")) return separate(input);
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

const once = (values: string[]): string[] => [...new Set(values)];

function list(
  name: string,
  what: string,
  item: z.ZodType<string, string>,
  separate: (text: string) => string[],
) {
  const empty = `${name} is empty. Give at least one of ${what}, or leave it out.`;
  const items = z
    .array(item, { error: `${name} must be a list of ${what}: comma separated, or a JSON array.` })
    .min(1, { error: empty })
    .max(100, { error: `${name} may hold at most 100 of ${what}.` })
    .transform(once);
  return z.preprocess((input) => listFromText(input, separate), items).default([]);
}

/** `${$}`, `${*}`, `${?}`, or a context key such as `aws:PrincipalTag/tenant_id`, with a default value or without. */
const policyVariable = /\$\{(?:[$*?]|[A-Za-z0-9.-]+:[^{}$,']+(?:, '[^'{}]*')?)\}/g;

/** A partition key's value as IAM text. A key has at most 2,048 bytes. */
const leadingKey = z
  .string({ error: "A leading key must be a text, also for a table whose partition key is a number." })
  .min(1, { error: "A leading key is empty, and no partition key is." })
  .max(2_048, { error: "A leading key may have at most 2,048 characters, as a partition key." })
  .refine((value) => value.isWellFormed(), {
    error: "A leading key holds half a character (a lone surrogate). Type it again.",
  })
  .refine((value) => !value.replace(policyVariable, " ").includes("${"), {
    error: ({ input }) =>
      `The leading key ${JSON.stringify(input)} holds \${ that begins no IAM policy variable such as \${aws:PrincipalTag/tenant_id}. For the characters themselves write \${$}{.`,
  });

const isNotForStream = {
  leading_keys: "A stream shows every item, so leading_keys cannot narrow it. Leave leading_keys out.",
  attributes: "A stream shows whole items, so attributes cannot narrow it. Leave attributes out.",
  partiql: "PartiQL does not read a stream. Leave partiql out.",
};

/** The options of an `iam-policy` snippet, from a query string or a JSON body; unknown ones are refused. */
export const iamPolicyOptionsSchema = z
  .strictObject({
    access: z
      .enum(iamAccesses, { error: `access must be one of ${iamAccesses.join(", ")}.` })
      .default("reader"),
    as: z
      .enum(["json", "terraform", "cloudformation"], {
        error: "as must be json, terraform or cloudformation.",
      })
      .default("json"),
    scan: flag("scan", true),
    leading_keys: list("leading_keys", "partition key values", leadingKey, atCommas),
    attributes: list("attributes", "attribute names", attributeName("An attribute"), (text) =>
      text.split(",").map((name) => name.trim()),
    ),
    partiql: flag("partiql", false),
    https_only: flag("https_only", false),
  })
  .superRefine((options, context) => {
    if (options.access !== "stream") return;
    for (const name of ["leading_keys", "attributes", "partiql"] as const) {
      const value = options[name];
      const given = Array.isArray(value) ? value.length > 0 : value;
      if (given) context.addIssue({ code: "custom", path: [name], message: isNotForStream[name] });
    }
  });

import { requestBodyFields } from "#lib/requests/schema.ts";
import { pointerSegments, zodIssuesToErrors } from "#lib/table-spec/json-pointer.ts";
import { composeTableName, keyProblem, tableNameProblem } from "#lib/table-spec/naming.ts";
import { tableSpecSchema } from "#lib/table-spec/schema.ts";
import { usageSchema } from "#lib/table-spec/usage.ts";
import { type Fault, specPath } from "./faults.ts";
import { inFormWords } from "./field-words.ts";
import type { FormValues, SpecForm, TableForm } from "./form-values.ts";
import { toSpec, toUsage } from "./to-body.ts";

/** The platform's rules for names, as its file has them. */
export type Naming = { pattern: string; key: string };

const requestFields = requestBodyFields.pick({ project: true, environment: true, justification: true });

/**
 * Everything that is wrong with the form, by the schemas that the server applies, and what only a form can get
 * wrong: doubled keys and names. One message a field, the first.
 */
export function validate(form: FormValues, naming: Naming): Fault[] {
  const { project, environment, justification, tables } = form;
  const own = requestFields.safeParse({ project, environment, justification });
  const faults: Fault[] = (own.error?.issues ?? []).map((issue) => ({
    uid: null,
    path: String(issue.path[0]),
    message: issue.message,
  }));
  for (const table of tables) faults.push(...tableFaults(table, form, naming));
  const seen = new Set<string>();
  return faults.filter(({ uid, path }) => {
    const key = `${uid}:${path}`;
    return !seen.has(key) && seen.add(key);
  });
}

function tableFaults(table: TableForm, form: FormValues, naming: Naming): Fault[] {
  const { uid, spec } = table;
  const found = keyFault(table, form, naming);
  const parsed = tableSpecSchema.safeParse(toSpec(spec));
  return [
    ...(found === null ? [] : [{ uid, path: "key", message: found }]),
    ...doubledNames(spec.global_secondary_indexes, "global_secondary_indexes", "name", "index name").map(
      (fault) => ({ uid, ...fault }),
    ),
    ...doubledNames(spec.local_secondary_indexes, "local_secondary_indexes", "name", "index name").map(
      (fault) => ({ uid, ...fault }),
    ),
    ...doubledNames(spec.tags, "tags", "key", "tag key").map((fault) => ({ uid, ...fault })),
    ...usageFaults(spec).map((fault) => ({ uid, ...fault })),
    ...zodIssuesToErrors(parsed.error?.issues ?? []).map(({ path, message, id }) => ({
      uid,
      path: specPath(pointerSegments(path), spec, id),
      message: inFormWords(message),
    })),
  ];
}

/** What is expected of a table is figures, or nothing. */
function usageFaults(spec: SpecForm): Omit<Fault, "uid">[] {
  const usage = toUsage(spec);
  const issues = usage === undefined ? [] : (usageSchema.safeParse(usage).error?.issues ?? []);
  return issues.map(({ path, code }) => ({
    path: String(path[0]),
    message:
      code === "too_big" || code === "too_small"
        ? `Give a number from 0 to ${usageLimits[String(path[0])]}, or leave it empty.`
        : "Give a number, such as 15 or 0.5, or leave it empty.",
  }));
}

const usageLimits: Record<string, string> = {
  reads_per_second: "a billion",
  writes_per_second: "a billion",
  item_kb: "400: no item is larger",
  items: "a million billion",
};

function keyFault(
  table: TableForm,
  { project, environment, tables }: FormValues,
  naming: Naming,
): string | null {
  const { key } = table;
  if (key === "") return "The table needs a short name. Say what it holds, such as events.";
  const first = tables.find((one) => one.key === key);
  if (first !== table)
    return `Another table of this request is called ${JSON.stringify(key)}. Choose another name.`;
  const problem = keyProblem(key, naming.key);
  if (problem || !project || !environment) return problem;
  return tableNameProblem(composeTableName(naming.pattern, { project, environment, key }));
}

/** Maps cannot hold a name twice, so the later entry would silently win. */
function doubledNames<K extends string>(
  entries: readonly Record<K, string>[],
  list: string,
  field: K,
  what: string,
): Omit<Fault, "uid">[] {
  return entries.flatMap((entry, place) => {
    const first = entries.findIndex((other) => other[field] === entry[field]);
    if (first === place) return [];
    const shown =
      entry[field] === ""
        ? `Two entries have no ${what}`
        : `The ${what} ${JSON.stringify(entry[field])} stands here twice`;
    return [{ path: `${list}.${place}.${field}`, message: `${shown}. Choose another, or remove one.` }];
  });
}

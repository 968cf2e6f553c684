import type { TableSpec } from "./schema.ts";
import { maxTags, reservedTagKeys, tagKeyProblem, tagValueProblem } from "./tag-schemas.ts";

/** Where a table's tags come from. */
export type TagSources = {
  spec: Pick<TableSpec, "tags" | "purpose" | "type">;
  /** `tags` of the platform's file. */
  configTags: Readonly<Record<string, string>>;
  /** `tags` of the environment. */
  environmentTags: Readonly<Record<string, string>>;
  project: string;
  environment: string;
  /** The table's composed name. */
  name: string;
  /** The portal's id of the table, by which it knows the table as its own. */
  tableId: string;
};

/** The tags a table gets. Later wins: spec, platform, environment, ours, the module's three, the mark of ownership. */
export function composeTags(sources: TagSources): Record<string, string> {
  return {
    ...sources.spec.tags,
    ...sources.configTags,
    ...sources.environmentTags,
    Project: sources.project,
    Environment: sources.environment,
    ManagedBy: "Tablewright",
    Name: sources.name,
    Purpose: sources.spec.purpose,
    Type: sources.spec.type,
    "tablewright:table-id": sources.tableId,
  };
}

const reserved = new Set<string>(reservedTagKeys);

/**
 * Why AWS would refuse these composed tags, one sentence per problem: more than 50, or a key or value of wrong
 * characters or length. The keys the platform writes itself are fine here.
 */
export function tagProblems(tags: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(tags);
  const problems = entries.flatMap(([key, value]) => [
    reserved.has(key) ? null : tagKeyProblem(key),
    tagValueProblem(`The value of tag ${JSON.stringify(key.slice(0, 130))}`, value),
  ]);
  if (entries.length > maxTags)
    problems.unshift(
      `The table would carry ${entries.length} tags with the platform's own; AWS allows ${maxTags}. Remove ${entries.length - maxTags} of yours.`,
    );
  return problems.filter((problem) => problem !== null);
}

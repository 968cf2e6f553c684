import { reservedTagKeys } from "#lib/table-spec/tag-schemas.ts";
import type { Report, Section } from "./section.ts";
import type { TableDraft } from "./table-draft.ts";
import type { Platform } from "./table-name.ts";
import type { Value } from "./value.ts";

/** Values that the platform writes itself in this case, so that nothing is lost when they are left out. */
export type ExpectedTags = Readonly<Record<string, string | null>>;

const reserved = new Set<string>(reservedTagKeys);

/** The tags that the platform writes in an environment, as far as they are known; null where it is not. */
export function expectedTags(
  platform: Platform,
  project: string | null,
  environment: string | null,
): ExpectedTags {
  const { tags, environmentTags } = platform;
  const own =
    environment !== null && Object.hasOwn(environmentTags, environment) && environmentTags[environment];
  return { ManagedBy: "Tablewright", ...tags, ...own, Project: project, Environment: environment };
}

/** True for a tag that the platform writes; unless it would write the same value, it is reported. */
export function isPlatformTag(
  { name, path, value }: { name: string; path: string; value: Value },
  expected: ExpectedTags,
  report: Report,
): boolean {
  if (!reserved.has(name) && !Object.hasOwn(expected, name)) return false;
  const written = value.kind === "literal" ? value.value : null;
  const same = written !== null && Object.hasOwn(expected, name) && expected[name] === String(written);
  if (!same) report(path, `The platform writes the tag ${name} itself; the value given here is left out.`);
  return true;
}

/** The tags of a table that the text makes itself: Purpose and Type become fields of the spec. */
export function readTableTags(draft: TableDraft, tags: Section, expected: ExpectedTags): void {
  for (const tag of tags.takeAll()) {
    if (tag.name === "Purpose") draft.set("purpose", tag);
    else if (tag.name === "Type") draft.set("type", tag);
    else if (!isPlatformTag(tag, expected, tags.report)) {
      draft.setEntry("tags", tag.name, tag);
    }
  }
  if (tags.hasComputedNames) draft.markOpen("tags");
}

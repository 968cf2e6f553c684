import { tableNameOfResource } from "./arns.ts";
import { inUse, ServiceError, validation } from "./service-error.ts";
import { type StoredTable, tableStatus } from "./tables.ts";
import type { Caller, Tag } from "./wire.ts";
import type { World } from "./world.ts";

const maxTags = 50;
/** Letters, white space, numbers and + - = . _ : / (DynamoDB developer guide, "Tagging restrictions"). */
const tagCharacters = /^[\p{L}\p{Z}\p{N}+\-=._:/]*$/u;

/**
 * The rules for tags a caller sets.
 * @throws ServiceError ValidationException in DynamoDB's words
 */
export function validateTags(tags: { Key?: string; Value?: string }[]): asserts tags is Tag[] {
  const seen = new Set<string>();
  for (const { Key, Value } of tags) {
    if (Key === undefined || Key.length < 1 || Key.length > 128 || !tagCharacters.test(Key))
      throw validation(`The Tag Key provided is invalid, Key: ${Key ?? null}`);
    if (/^aws:/i.test(Key)) throw validation(`Tag Key cannot be prefixed with aws:, Key: ${Key}`);
    if (Value === undefined || Value.length > 256 || !tagCharacters.test(Value))
      throw validation(`The Tag Value provided is invalid, Value: ${Value ?? null}`);
    if (seen.has(Key))
      throw validation(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${Key}`);
    seen.add(Key);
  }
  if (tags.length > maxTags) throw tooManyTags();
}

const tooManyTags = () => validation("Number of Tags exceed the current limit for the provided ResourceArn");

export function tagResource(
  world: World,
  caller: Caller,
  input: { ResourceArn?: string; Tags: { Key?: string; Value?: string }[] },
): null {
  const { Tags } = input;
  if (Tags.length === 0) throw validation("Atleast one Tag needs to be provided as Input.");
  validateTags(Tags);
  const table = taggedTable(world, caller, input.ResourceArn);
  requireTaggable(table, caller.now);
  const merged = new Map([...table.tags, ...Tags].map((tag) => [tag.Key, tag.Value]));
  if (merged.size > maxTags) throw tooManyTags();
  saveTags(
    world,
    table,
    caller,
    [...merged].map(([Key, Value]) => ({ Key, Value })),
  );
  return null;
}

export function untagResource(
  world: World,
  caller: Caller,
  input: { ResourceArn?: string; TagKeys: string[] },
): null {
  if (input.TagKeys.length === 0) throw validation("Atleast one Tag Key needs to be provided as Input.");
  const table = taggedTable(world, caller, input.ResourceArn);
  requireTaggable(table, caller.now);
  saveTags(
    world,
    table,
    caller,
    table.tags.filter((tag) => !input.TagKeys.includes(tag.Key)),
  );
  return null;
}

export function listTagsOfResource(
  world: World,
  caller: Caller,
  input: { ResourceArn?: string },
): { Tags: Tag[] } {
  const table = taggedTable(world, caller, input.ResourceArn);
  const { tagsLagReads, tagsLagSeconds } = world.settings.eventualConsistency;
  const readsBefore = world.countRead(`tags/${table.id}/${table.tagsChangedAt}`, tagsLagReads);
  const lagging = readsBefore < tagsLagReads || caller.now < table.tagsChangedAt + tagsLagSeconds * 1000;
  return { Tags: lagging ? table.previousTags : table.tags };
}

function taggedTable(world: World, caller: Caller, arn: string | undefined): StoredTable {
  const table = world.tables.find(caller, tableNameOfResource(caller, arn));
  const unknown =
    world.settings.eventualConsistency.tagsUnknownWhileCreating &&
    table !== undefined &&
    tableStatus(table, caller.now) === "CREATING";
  if (table && !unknown) return table;
  throw new ServiceError(
    "ResourceNotFoundException",
    `Requested resource not found: ResourceArn: ${arn} not found`,
  );
}

function requireTaggable(table: StoredTable, now: number): void {
  const status = tableStatus(table, now);
  if (status === "CREATING") throw inUse(`Table is being created: ${table.name}`);
  if (status === "DELETING") throw inUse(`Table is being deleted: ${table.name}`);
}

function saveTags(world: World, table: StoredTable, caller: Caller, tags: Tag[]): void {
  world.tables.save({ ...table, tags, previousTags: table.tags, tagsChangedAt: caller.now });
}

import { invalidParameter, validation } from "./service-error.ts";
import type { AttributeDefinition, CreateTableInput, KeySchemaElement } from "./wire.ts";

const names = (elements: { AttributeName: string }[]) => elements.map((element) => element.AttributeName);

/**
 * The key rules of CreateTable, for the table and every index: defined, used, HASH before RANGE, named once.
 * @throws ServiceError ValidationException in DynamoDB's words
 */
export function validateKeys(input: CreateTableInput): void {
  const { AttributeDefinitions: definitions, KeySchema: tableKeys } = input;
  const indexes = [...(input.LocalSecondaryIndexes ?? []), ...(input.GlobalSecondaryIndexes ?? [])];
  validateDefinitions(definitions);
  if (tableKeys.length > definitions.length)
    throw validation("Invalid KeySchema: Some index key attribute have no definition");
  validateKeySchema(tableKeys, definitions, 1);
  for (const index of input.LocalSecondaryIndexes ?? []) validateKeySchema(index.KeySchema, definitions, 1);
  for (const index of input.GlobalSecondaryIndexes ?? []) validateKeySchema(index.KeySchema, definitions, 4);
  const used = new Set([...names(tableKeys), ...indexes.flatMap((index) => names(index.KeySchema))]);
  if (used.size === definitions.length) return;
  if (indexes.length === 0)
    throw invalidParameter(
      "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
    );
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${names(definitions).join(", ")}], keys used: [${[...used].join(", ")}]`,
  );
}

/** @throws ServiceError ValidationException for a name given twice or longer than 255 bytes in UTF-8 */
export function validateDefinitions(definitions: AttributeDefinition[]): void {
  const seen = new Set<string>();
  for (const { AttributeName: name } of definitions) {
    if (seen.has(name)) throw validation(`Attribute Name is duplicated: ${name}`);
    if (Buffer.byteLength(name) > 255)
      throw invalidParameter(
        `Size of key attribute name exceeds the maximum size of 255 bytes, attribute: ${name}`,
      );
    seen.add(name);
  }
}

/** `most` is how many HASH and how many RANGE attributes are allowed: 1, or 4 in a global index. */
export function validateKeySchema(
  keys: KeySchemaElement[],
  definitions: AttributeDefinition[],
  most: 1 | 4,
): void {
  const defined = names(definitions);
  if (names(keys).some((name) => !defined.includes(name)))
    throw invalidParameter(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names(keys).join(", ")}], AttributeDefinitions: [${defined.join(", ")}]`,
    );
  if (new Set(names(keys)).size !== keys.length)
    throw validation(
      keys.length === 2
        ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
        : "The KeySchema contains multiple key attributes with the same name",
    );
  const types = keys.map((key) => key.KeyType);
  if (types[0] !== "HASH")
    throw validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (most === 1 && types.length > 1 && types[1] !== "RANGE")
    throw validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  if (types.lastIndexOf("HASH") > types.indexOf("RANGE") && types.includes("RANGE"))
    throw invalidParameter("All HASH key attributes must precede RANGE key attributes in the KeySchema");
  for (const type of ["HASH", "RANGE"])
    if (types.filter((other) => other === type).length > most)
      throw invalidParameter(`The KeySchema exceeds the maximum allowed number of ${type} key attributes`);
}

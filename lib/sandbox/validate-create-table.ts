import { invalidParameter, validation } from "./service-error.ts";
import { validateTags } from "./tags.ts";
import { validateKeys } from "./validate-keys.ts";
import { validateOnDemand, validateTableCapacity } from "./validate-throughput.ts";
import type { CreateTableInput, LocalIndexInput, SseSpecification } from "./wire.ts";

const maxLocalIndexes = 5;
export const maxGlobalIndexes = 20;
const maxProjectedAttributes = 100;

/**
 * Everything CreateTable refuses about a request whose members have the right types and ranges.
 * @throws ServiceError ValidationException (or LimitExceededException for capacity over the quota) in DynamoDB's words
 */
export function validateCreateTable(input: CreateTableInput, region: string): void {
  validateTableCapacity(input, region);
  validateKeys(input);
  validateLocalIndexes(input);
  validateGlobalIndexes(input, region);
  validateIndexes([...(input.LocalSecondaryIndexes ?? []), ...(input.GlobalSecondaryIndexes ?? [])]);
  validateStream(input);
  validateEncryption(input.SSESpecification);
  validateTableClass(input.TableClass);
  validateTags(input.Tags ?? []);
}

function validateLocalIndexes(input: CreateTableInput): void {
  const indexes = input.LocalSecondaryIndexes;
  if (!indexes) return;
  if (indexes.length === 0) throw invalidParameter("List of LocalSecondaryIndexes is empty");
  if (input.KeySchema.length < 2)
    throw invalidParameter(
      "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
  const tableHash = input.KeySchema[0]!.AttributeName;
  for (const { IndexName, KeySchema } of indexes) {
    if (KeySchema.length < 2)
      throw invalidParameter(`Index KeySchema does not have a range key for index: ${IndexName}`);
    const indexHash = KeySchema[0]!.AttributeName;
    if (indexHash !== tableHash)
      throw invalidParameter(
        `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. index hash key: ${indexHash}, table hash key: ${tableHash}`,
      );
  }
  if (indexes.length > maxLocalIndexes)
    throw invalidParameter(`Number of LocalSecondaryIndexes exceeds per-table limit of ${maxLocalIndexes}`);
}

function validateGlobalIndexes(input: CreateTableInput, region: string): void {
  const indexes = input.GlobalSecondaryIndexes;
  if (!indexes) return;
  if (indexes.length === 0) throw invalidParameter("List of GlobalSecondaryIndexes is empty");
  const onDemand = input.BillingMode === "PAY_PER_REQUEST";
  for (const index of indexes) {
    if (onDemand && index.ProvisionedThroughput)
      throw invalidParameter(
        `ProvisionedThroughput should not be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
      );
    if (!onDemand && !index.ProvisionedThroughput)
      throw invalidParameter(`ProvisionedThroughput is not specified for index: ${index.IndexName}`);
    validateOnDemand(index.OnDemandThroughput, onDemand, `index : ${index.IndexName}`, region);
  }
  if (indexes.length > maxGlobalIndexes)
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${maxGlobalIndexes}`);
}

/**
 * What holds for local and global indexes alike: projections, and names that are unique over both.
 * @throws ServiceError ValidationException
 */
export function validateIndexes(indexes: LocalIndexInput[]): void {
  const names = new Set<string>();
  let projected = 0;
  for (const { IndexName, Projection } of indexes) {
    const { ProjectionType: type, NonKeyAttributes: attributes } = Projection;
    if (type === undefined) throw invalidParameter("Unknown ProjectionType: null");
    if (type === "INCLUDE" && !attributes)
      throw invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    if (type !== "INCLUDE" && attributes)
      throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
    const twice = attributes?.find((name, position) => attributes.indexOf(name) !== position);
    if (twice) throw invalidParameter(`Duplicate element in NonKeyAttributes: ${twice}`);
    projected += attributes?.length ?? 0;
    if (names.has(IndexName)) throw invalidParameter(`Duplicate index name: ${IndexName}`);
    names.add(IndexName);
  }
  if (projected > maxProjectedAttributes)
    throw invalidParameter(
      `Number of NonKeyAttributes over all indexes exceeds the per-table limit of ${maxProjectedAttributes}`,
    );
}

function validateStream(input: CreateTableInput): void {
  const stream = input.StreamSpecification;
  if (!stream) return;
  if (stream.StreamEnabled && stream.StreamViewType === undefined)
    throw invalidParameter("Table is being created with a stream enabled, UpdateViewType is required");
  if (!stream.StreamEnabled && stream.StreamViewType !== undefined)
    throw invalidParameter(
      "Table is being created with a stream disabled, UpdateViewType should not be specified",
    );
}

/** @throws ServiceError ValidationException; the key itself is judged by resolveKeyArn */
export function validateEncryption(encryption: SseSpecification | undefined): void {
  if (!encryption) return;
  const { Enabled, SSEType, KMSMasterKeyId } = encryption;
  if (!Enabled && SSEType !== undefined)
    throw invalidParameter("SSEType can not be specified if Enabled is false");
  if (!Enabled && KMSMasterKeyId !== undefined)
    throw invalidParameter("KMSMasterKeyId can not be specified if Enabled is false");
  if (SSEType === "AES256") throw invalidParameter("SSEType AES256 is not supported");
  if (KMSMasterKeyId !== undefined && SSEType !== "KMS")
    throw invalidParameter("SSEType KMS is required if KMSMasterKeyId is specified");
}

/** @throws ServiceError ValidationException */
export function validateTableClass(tableClass: string | undefined): void {
  if (tableClass === undefined || tableClass === "STANDARD" || tableClass === "STANDARD_INFREQUENT_ACCESS")
    return;
  throw validation(
    "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].",
  );
}

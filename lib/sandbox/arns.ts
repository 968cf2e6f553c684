import { createHash } from "node:crypto";
import { accessDenied, invalidParameter, validation } from "./service-error.ts";
import type { Caller } from "./wire.ts";

/** The ARN partition of a region: China and GovCloud have their own. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

export const tableArn = (caller: Pick<Caller, "account" | "region">, name: string) =>
  `arn:${partitionOf(caller.region)}:dynamodb:${caller.region}:${caller.account}:table/${name}`;

/**
 * The table name in a TableName parameter, which may also be a table ARN.
 * @throws ServiceError ValidationException (missing, length, characters, another region), AccessDeniedException (another account)
 */
export function resolveTableName(caller: Caller, tableName: string | undefined): string {
  if (tableName === undefined)
    throw validation("The parameter 'TableName' is required but was not present in the request");
  const name = tableName.startsWith("arn:") ? nameInArn(caller, tableName) : tableName;
  if (name.length < 3 || name.length > 255)
    throw validation("TableName must be at least 3 characters long and at most 255 characters long");
  if (!/^[a-zA-Z0-9_.-]+$/.test(name))
    throw validation(
      `1 validation error detected: Value '${name}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
    );
  return name;
}

function nameInArn(caller: Caller, arn: string): string {
  const [, partition, service, region, account, resource = ""] = arn.split(":");
  if (service !== "dynamodb" || !resource.startsWith("table/"))
    throw validation(`1 validation error detected: Invalid resource type in '${arn}'`);
  if (partition !== partitionOf(caller.region))
    throw validation(`1 validation error detected: Invalid AWS partition in '${arn}'`);
  if (region !== caller.region)
    throw validation(`1 validation error detected: Invalid AWS region in '${arn}'`);
  if (account !== caller.account)
    throw accessDenied(
      `User: ${userArn(caller)} is not authorized to perform this action on resource: ${arn} because no resource-based policy allows it`,
    );
  return resource.slice("table/".length);
}

/**
 * The table name in the ResourceArn of the tag operations, which take table ARNs of the caller's region.
 * @throws ServiceError ValidationException with AWS's texts for what is no such ARN
 */
export function tableNameOfResource(caller: Caller, arn: string | undefined): string {
  if (arn === undefined) throw validation("Invalid TableArn");
  if (!arn.startsWith("arn:")) throw invalidParameter(`ARNs must start with 'arn:': ${arn}`);
  const [, , service, region, account, resource = ""] = arn.split(":");
  if (service !== "dynamodb") throw invalidParameter(`Provided Arn is not a DynamoDB resource arn: ${arn}`);
  const name = /^table\/([a-zA-Z0-9_.-]{3,255})$/.exec(resource)?.[1];
  if (name === undefined)
    throw invalidParameter(
      `Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
    );
  if (region !== caller.region || account !== caller.account)
    throw validation(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  return name;
}

/** The principal that error messages name. */
export const userArn = (caller: Pick<Caller, "account" | "region">) =>
  `arn:${partitionOf(caller.region)}:sts::${caller.account}:assumed-role/tablewright/sandbox`;

const keyId = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/**
 * The key ARN DescribeTable answers for an SSE key given as key id, key ARN, alias name or alias ARN; without one, the
 * AWS-managed key's. Every well-formed key of the caller's region counts as existing; an alias always means the same key.
 * @throws ServiceError ValidationException in the words KMS uses through DynamoDB
 */
export function resolveKeyArn(caller: Caller, key: string | undefined): string {
  const prefix = `arn:${partitionOf(caller.region)}:kms:${caller.region}:${caller.account}`;
  if (key === undefined) return `${prefix}:key/${aliasedKeyId(caller, "alias/aws/dynamodb")}`;
  const arn = /^arn:[a-z-]+:kms:([a-z0-9-]+):(\d{12}):(.+)$/.exec(key);
  if (arn && arn[1] !== caller.region) throw kmsError("NotFoundException", `Invalid arn ${arn[1]}`);
  const resource = arn ? arn[3]! : key;
  const owner = arn ? key.slice(0, -(resource.length + 1)) : prefix;
  if (/^alias\/aws\//.test(resource))
    throw invalidParameter(
      "KMSMasterKeyId must not be the default DynamoDB key alias/aws/dynamodb; leave it out to use that key",
    );
  if (/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(resource))
    return `${owner}:key/${aliasedKeyId({ ...caller, account: arn?.[2] ?? caller.account }, resource)}`;
  const id = arn ? resource.replace(/^key\//, "") : resource;
  if (keyId.test(id)) return `${owner}:key/${id}`;
  throw kmsError("NotFoundException", `Invalid keyId '${key}'`);
}

const kmsError = (name: string, detail: string) =>
  validation(
    `KMS validation error: com.amazonaws.services.kms.model.${name}: ${detail} (Service: AWSKMS; Status Code: 400; Error Code: ${name}; Proxy: null)`,
  );

function aliasedKeyId(caller: Pick<Caller, "account" | "region">, alias: string): string {
  const hex = createHash("sha256").update(`${caller.account} ${caller.region} ${alias}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

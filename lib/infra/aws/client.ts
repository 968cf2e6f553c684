import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { partitionOf } from "#lib/snippets/partition.ts";

/** Where calls go and as whom: one environment, as it was when the request was submitted. */
export type Target = {
  /** The URL of the sandbox or an emulator; null is AWS. */
  endpoint: string | null;
  /** 12 digits. */
  account: string;
  region: string;
  /** AWS only: assumed from the ambient credentials; null uses those as they are. */
  roleArn: string | null;
  externalId: string | null;
  /** Both end up in the role session's name, so that CloudTrail shows for which operation and whom. */
  operationId?: string;
  requester?: string;
};

export type Clients = { dynamodb: DynamoDBClient; sts: STSClient | null };

/** How long one HTTP request may take, connecting and silence included. */
export const requestTimeoutMilliseconds = 5_000;

const sessionSeconds = 15 * 60;
/** More than a worker has operations in flight: each has a session of its own under an assumed role. */
const maxCachedClients = 500;

/** Sockets that idle longer are closed by us, before AWS closes them under a request. */
const agentOptions = { keepAlive: true, maxSockets: 250, timeout: 20_000 };

/** One pool of sockets for all clients, so that a client for each operation costs no connections. */
const requestHandler = {
  connectionTimeout: requestTimeoutMilliseconds,
  requestTimeout: requestTimeoutMilliseconds,
  socketTimeout: requestTimeoutMilliseconds,
  // Without it the SDK only warns about a request that takes too long.
  throwOnRequestTimeout: true,
  httpAgent: new HttpAgent(agentOptions),
  httpsAgent: new HttpsAgent(agentOptions),
};

/** Everything that variables or profile files could otherwise set is set here. */
const fixed = {
  requestHandler,
  maxAttempts: 1,
  retryMode: "standard",
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  ignoreConfiguredEndpointUrls: true,
};

const cache = new Map<string, Clients>();

function cacheKey(target: Target): string {
  const { endpoint, account, region, roleArn, externalId } = target;
  const session = endpoint === null && roleArn !== null ? sessionName(target) : null;
  return JSON.stringify([endpoint, account, region, roleArn, externalId, session]);
}

/** The clients for a target, kept so that their credentials and signing keys are. */
export function clientsFor(target: Target): Clients {
  const key = cacheKey(target);
  const known = cache.get(key);
  const clients =
    known ?? (target.endpoint === null ? awsClients(target) : endpointClients(target, target.endpoint));
  // Back to the end of the line: the one that was not used for the longest time goes first.
  cache.delete(key);
  cache.set(key, clients);
  if (cache.size > maxCachedClients) cache.delete(cache.keys().next().value!);
  return clients;
}

/** Drops the clients for a target, so that the next call gets fresh credentials. */
export function forgetClients(target: Target): void {
  cache.delete(cacheKey(target));
}

/** An environment with an endpoint never meets the machine's own credentials: the account is the access key. */
function endpointClients({ account, region }: Target, endpoint: string): Clients {
  const credentials = { accessKeyId: account, secretAccessKey: "tablewright" };
  const dynamodb = new DynamoDBClient({
    ...fixed,
    region,
    endpoint,
    credentials,
    accountIdEndpointMode: "disabled",
  });
  return { dynamodb, sts: null };
}

/**
 * AWS's regional endpoints, spelled out: an endpoint that is given wins over AWS_ENDPOINT_URL and `endpoint_url`.
 * https://docs.aws.amazon.com/general/latest/gr/ddb.html, https://docs.aws.amazon.com/general/latest/gr/sts.html
 */
export function awsEndpoint(service: "dynamodb" | "sts", region: string): string {
  return `https://${service}.${region}.${partitionOf(region).dnsSuffix}`;
}

function awsClients(target: Target): Clients {
  const { region, roleArn } = target;
  const dynamodb = new DynamoDBClient({
    ...fixed,
    region,
    endpoint: awsEndpoint("dynamodb", region),
    credentials: roleArn === null ? ambientCredentials() : roleCredentials(target, roleArn),
    accountIdEndpointMode: "disabled",
  });
  // The resolved provider of the first client, so that both use one set of credentials and assume the role once.
  const credentials = () => dynamodb.config.credentials();
  const sts = new STSClient({ ...fixed, region, endpoint: awsEndpoint("sts", region), credentials });
  return { dynamodb, sts };
}

function ambientCredentials() {
  return fromNodeProviderChain({ clientConfig: { ...fixed } });
}

function roleCredentials(target: Target, roleArn: string) {
  const { region, externalId } = target;
  return fromTemporaryCredentials({
    masterCredentials: ambientCredentials(),
    params: {
      RoleArn: roleArn,
      RoleSessionName: sessionName(target),
      DurationSeconds: sessionSeconds,
      ...(externalId !== null && { ExternalId: externalId }),
    },
    clientConfig: { ...fixed, region, endpoint: awsEndpoint("sts", region) },
  });
}

/** At most 64 of `[\w+=,.@-]`. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function sessionName({ operationId, requester }: Target): string {
  const parts = [operationId, requester].filter((part) => part !== undefined);
  const name = parts.length === 0 ? "tablewright" : parts.join(".");
  return name.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
}

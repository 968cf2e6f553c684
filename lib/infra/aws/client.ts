import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { partitionOf } from "#lib/snippets/partition.ts";
import { countCalls } from "./count-calls.ts";
import { UnexpectedAnswer } from "./failure.ts";
import { WrongAccount } from "./wrong-account.ts";

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
  /** Both end up in the role session's name and tags, so that CloudTrail shows for which operation and whom. */
  operationId?: string;
  requester?: string;
};

/** `dynamodb` signs with nothing but credentials of the target's account; its credentials throw WrongAccount else. */
export type Clients = { dynamodb: DynamoDBClient };

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

/** Drops these clients of a target, so that the next call gets fresh credentials. */
export function forgetClients(target: Target, clients: Clients): void {
  const key = cacheKey(target);
  if (cache.get(key) === clients) cache.delete(key);
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
  dynamodb.middlewareStack.use(countCalls);
  return { dynamodb };
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
  const credentials = roleArn === null ? ambientCredentials() : roleCredentials(target, roleArn);
  const dynamodb = new DynamoDBClient({
    ...fixed,
    region,
    endpoint: awsEndpoint("dynamodb", region),
    credentials: ofTheAccount(target, credentials),
    accountIdEndpointMode: "disabled",
  });
  dynamodb.middlewareStack.use(countCalls);
  return { dynamodb };
}

type Provider = ReturnType<typeof fromNodeProviderChain>;

/**
 * Hands on only credentials that STS says belong to the target's account, whenever the SDK asks for new ones: at the
 * start and at each renewal. So no call can be signed with others, however the machine's credentials change. Throws
 * WrongAccount, and whatever getting the credentials or asking STS throws.
 */
function ofTheAccount({ account, region }: Target, provider: Provider): Provider {
  return async (properties) => {
    const credentials = await provider(properties);
    const sts = new STSClient({ ...fixed, region, endpoint: awsEndpoint("sts", region), credentials });
    sts.middlewareStack.use(countCalls);
    const { Account: found } = await sts.send(new GetCallerIdentityCommand({}));
    if (found === undefined) throw new UnexpectedAnswer("GetCallerIdentity", "Account");
    if (found !== account) throw new WrongAccount(found, account);
    return credentials;
  };
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
      Tags: sessionTags(target),
    },
    clientConfig: { ...fixed, region, endpoint: awsEndpoint("sts", region) },
    clientPlugins: [countCalls],
  });
}

/** At most 64 of `[\w+=,.@-]`. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function sessionName({ operationId, requester }: Target): string {
  const parts = [operationId, requester].filter((part) => part !== undefined);
  const name = parts.length === 0 ? "tablewright" : parts.join(".");
  return name.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
}

/**
 * Whom and what the session is for, in full. The role's trust policy must allow sts:TagSession. No SourceIdentity: a
 * worker whose own session has one cannot set another. Values have at most 256 of these characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
function sessionTags({ operationId, requester }: Target) {
  const tags = Object.entries({ "tablewright:operation": operationId, "tablewright:requester": requester });
  return tags.flatMap(([Key, value]) => {
    const Value = value?.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, "-").slice(0, 256);
    return Value === undefined ? [] : [{ Key, Value }];
  });
}

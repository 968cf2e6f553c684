import { explainStop } from "./failure-advice.ts";

/** The API operations the gateway sends. */
export type ApiCall =
  | "CreateTable"
  | "DescribeTable"
  | "ListTables"
  | "DescribeTimeToLive"
  | "DescribeContinuousBackups"
  | "ListTagsOfResource"
  | "UpdateTimeToLive"
  | "UpdateContinuousBackups"
  | "UpdateTable"
  | "DeleteTable"
  | "GetCallerIdentity";

type Words = {
  /** The error's name and AWS's own words. */
  message: string;
  /** Ours: what it means, and what to do. */
  explanation: string;
};

/**
 * What to make of a call that failed. `retry`: the same again, soon, with jitter. `wait`: the same again after
 * `seconds`; not a failure. `ambiguous`: it may have worked; look before anything else. `stop`: it will fail again
 * until a person changes something. `unsupported`: this endpoint cannot do it. `already`: what was asked is so;
 * believe it only after having read it.
 */
export type CallFailure =
  | ({ kind: "retry" | "ambiguous" | "stop" | "unsupported" | "already" } & Words)
  | ({ kind: "wait"; seconds: number } & Words);

/** A well-formed answer without the field that DynamoDB always sends: something else is listening. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";

  constructor(call: ApiCall, field: string) {
    super(`The answer to ${call} has no ${field}`);
  }
}

type Facts = {
  name: string;
  text: string;
  status: number | null;
  /** No answer, or one that broke off: the SDK then speaks of deserialization too. */
  silent: boolean;
  /** The answer was no JSON, or not of DynamoDB's shape. */
  unreadable: boolean;
};

/** A refusal of one signature quotes the signed request back, session token and all. */
const secretive = new Set(["InvalidSignatureException", "SignatureDoesNotMatch"]);

const timeouts = new Set(["TimeoutError", "AbortError", "RequestTimeout", "RequestTimeoutException"]);

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

const maxMessageLength = 1_000;

/** The name, words and status of whatever a call threw. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) {
    return { name: "UnknownError", text: String(error), status: null, silent: false, unreadable: false };
  }
  const { $metadata, code } = error as { $metadata?: { httpStatusCode?: number }; code?: unknown };
  const [firstLine = ""] = error.message.split("\n");
  const [firstSentence = ""] = firstLine.split(/(?<=\.)\s/);
  const text = secretive.has(error.name)
    ? firstSentence
    : error.message.replace(/\n\s*Deserialization error:.*$/s, "");
  const silent = timeouts.has(error.name) || (typeof code === "string" && networkCodes.has(code));
  return {
    name: error.name,
    text: text.slice(0, maxMessageLength),
    status: $metadata?.httpStatusCode ?? null,
    silent,
    unreadable:
      !silent && (error instanceof UnexpectedAnswer || error.message.includes("Deserialization error:")),
  };
}

export const throttles = new Set([
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
]);

export const expiries = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "RequestExpired",
  "TokenRefreshRequired",
]);

/** Whether the credentials have run out, so that the next try needs fresh ones. */
export function credentialsExpired(error: unknown): boolean {
  return expiries.has(factsOf(error).name);
}

type Context = { call: ApiCall; endpoint: boolean };
type Verdict = CallFailure | null;

/**
 * Sorts whatever a gateway call threw. `endpoint`: the target is the sandbox or an emulator, not AWS. The words hold
 * no secret. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export function classifyFailure(error: unknown, context: Context): CallFailure {
  const facts = factsOf(error);
  const message =
    facts.text === "" || facts.text === facts.name ? facts.name : `${facts.name}: ${facts.text}`;
  const verdict =
    notDynamoDb(facts, context) ??
    credentialTrouble(facts) ??
    busy(facts, context) ??
    byMessage(facts) ??
    outOfReach(facts, context) ??
    stop(explainStop(facts, context));
  return { ...verdict, message };
}

const make = (kind: Exclude<CallFailure["kind"], "wait">, explanation: string): CallFailure => ({
  kind,
  message: "",
  explanation,
});
const stop = (explanation: string): CallFailure => make("stop", explanation);
const wait = (seconds: number, explanation: string): CallFailure => ({
  kind: "wait",
  seconds,
  message: "",
  explanation,
});

/** No facet of a table hangs on these: an endpoint without them cannot do what was asked; any other call it may lack. */
const indispensable = new Set<ApiCall>(["CreateTable", "DescribeTable", "UpdateTable", "DeleteTable"]);

const unknownCalls = new Set([
  "UnknownOperationException",
  "UnknownOperation",
  "InvalidAction",
  "NotImplementedException",
]);
const notOffered = /not (currently |yet )?(been )?(supported|implemented|emulated)/i;

function notDynamoDb(facts: Facts, { call, endpoint }: Context): Verdict {
  const { name, text, status } = facts;
  const declined = unknownCalls.has(name) || status === 501 || (endpoint && notOffered.test(text));
  const strange = facts.unreadable || (name === "Unknown" && status !== null && status < 500);
  if (!declined && (!strange || brokenForNow(facts, { call, endpoint }))) return null;
  if (!endpoint)
    return stop(`What answered ${call} is not DynamoDB. Look at proxies between the worker and AWS.`);
  if (indispensable.has(call)) {
    return stop(`What answers at this endpoint does not know ${call}. Check the environment's \`endpoint\`.`);
  }
  return make("unsupported", `This endpoint does not support ${call}, so the table goes without it.`);
}

/** A page with a 5xx: a proxy before the endpoint, or trouble. But 500 is how some emulators say "unknown operation". */
function brokenForNow({ status }: Facts, { call, endpoint }: Context): boolean {
  if (status === null || status < 500) return false;
  return status !== 500 || !endpoint || indispensable.has(call);
}

const clockTrouble = /Signature (expired|not yet current)/i;
const noCredentials = new Set(["CredentialsProviderError", "TokenProviderError", "ProviderError"]);

function credentialTrouble({ name, text }: Facts): Verdict {
  if (name === "WrongAccount") {
    return stop("Put the environment's `account` or the worker's role right, then retry.");
  }
  if (expiries.has(name)) return make("retry", "The credentials ran out; the next try gets fresh ones.");
  if (secretive.has(name) && clockTrouble.test(text)) {
    return make(
      "retry",
      "The worker's clock and AWS's differ. The next try allows for it; set the worker's clock.",
    );
  }
  if (!noCredentials.has(name)) return null;
  return wait(
    60,
    "The worker finds no AWS credentials. Give it a role or credentials; it looks again by itself.",
  );
}

export const absences = new Set(["ResourceNotFoundException", "TableNotFoundException"]);

/** A table that asks for more than the account may have does not get it by waiting. */
const overQuota =
  /above the per (table|account) maximum|exceeds \w*Max\w+ of the account|exceeds per-table limit/i;

function busy({ name, text }: Facts, { call }: Context): Verdict {
  if (throttles.has(name))
    return make("retry", "AWS asks for fewer calls; the next try comes a little later.");
  if (name === "LimitExceededException" && !overQuota.test(text)) {
    return wait(
      45,
      "The account is at a limit, often of tables that change at the same time. It is tried again by itself.",
    );
  }
  if (name === "ContinuousBackupsUnavailableException") {
    return wait(30, "AWS is still preparing backups for the new table. It is tried again by itself.");
  }
  if (name === "ResourceInUseException") {
    return call === "CreateTable"
      ? make("ambiguous", "A table of this name is there. It has to be looked at, to see whose it is.")
      : wait(5, "The table is changing at the moment. It is tried again by itself.");
  }
  if (absences.has(name)) {
    return make("retry", "The table is not to be seen; right after creation that passes within a minute.");
  }
  return null;
}

// AWS spells it both ways.
const ttlTooSoon = /Time ?to ?live has been modified multiple times within a fixed interval/i;
const backupsComing = /Backups are being enabled/i;
const alreadySo = /TimeToLive is already (enabled|disabled)|throughput for the table will not change/i;

function byMessage({ name, text }: Facts): Verdict {
  if (name !== "ValidationException") return null;
  if (ttlTooSoon.test(text)) {
    return wait(3_600, "DynamoDB changes a table's time to live once an hour. It is tried again by itself.");
  }
  if (backupsComing.test(text)) {
    return wait(30, "AWS is still preparing backups for the new table. It is tried again by itself.");
  }
  return alreadySo.test(text) ? make("already", "What was asked is so already.") : null;
}

function outOfReach({ status, silent }: Facts, { call }: Context): Verdict {
  if (!silent && !(status !== null && status >= 500)) return null;
  const what = silent ? "No answer came" : "AWS had a fault of its own";
  if (call === "CreateTable")
    return make("ambiguous", `${what}, so the table may or may not have been made. It has to be looked at.`);
  return call === "DeleteTable"
    ? make("ambiguous", `${what}, so the table may or may not be going. It has to be looked at.`)
    : make("retry", `${what}. It is tried again by itself.`);
}

import { describe, expect, test } from "vitest";
import {
  type ApiCall,
  type CallFailure,
  classifyFailure,
  credentialsExpired,
  UnexpectedAnswer,
} from "./failure.ts";

/** An error as the SDK throws it: named as the service does, with the status of the answer. */
function awsError(name: string, message = "", status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

const socketError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const html = (status: number) =>
  Object.assign(
    new SyntaxError("Unexpected token '<'\n  Deserialization error: to see the raw response, inspect…"),
    { $metadata: { httpStatusCode: status } },
  );

type Row = [title: string, error: unknown, call: ApiCall, kind: CallFailure["kind"]];

const everywhere: Row[] = [
  ["a throttle", awsError("ThrottlingException", "Rate exceeded"), "CreateTable", "retry"],
  ["a request limit", awsError("RequestLimitExceeded"), "DescribeTable", "retry"],
  [
    "too many tables changing",
    awsError("LimitExceededException", "Subscriber limit exceeded"),
    "CreateTable",
    "wait",
  ],
  [
    "more than the quota",
    awsError("LimitExceededException", "40001, is above the per table maximum"),
    "CreateTable",
    "stop",
  ],
  [
    "more on-demand units than the quota",
    awsError(
      "LimitExceededException",
      "Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region us-east-1",
    ),
    "CreateTable",
    "stop",
  ],
  ["a 5xx of CreateTable", awsError("InternalServerError", "", 500), "CreateTable", "ambiguous"],
  ["a 5xx of anything else", awsError("InternalServerError", "", 500), "UpdateTimeToLive", "retry"],
  ["a 503", awsError("ServiceUnavailable", "", 503), "DescribeTable", "retry"],
  ["a time-out of CreateTable", awsError("TimeoutError"), "CreateTable", "ambiguous"],
  ["a time-out of anything else", awsError("TimeoutError"), "UpdateContinuousBackups", "retry"],
  ["a lost connection of CreateTable", socketError("ECONNRESET"), "CreateTable", "ambiguous"],
  ["an unreachable host", socketError("ENOTFOUND"), "DescribeTable", "retry"],
  ["a taken name", awsError("ResourceInUseException", "Table already exists: x"), "CreateTable", "ambiguous"],
  ["a table in use", awsError("ResourceInUseException", "still in use"), "UpdateTimeToLive", "wait"],
  ["a table not to be seen", awsError("ResourceNotFoundException"), "UpdateTimeToLive", "retry"],
  ["the same from backups", awsError("TableNotFoundException"), "UpdateContinuousBackups", "retry"],
  ["backups not ready", awsError("ContinuousBackupsUnavailableException"), "UpdateContinuousBackups", "wait"],
  [
    "TTL that is on",
    awsError("ValidationException", "TimeToLive is already enabled"),
    "UpdateTimeToLive",
    "already",
  ],
  ["a value DynamoDB refuses", awsError("ValidationException", "1 validation error"), "CreateTable", "stop"],
  [
    "a right that lacks",
    awsError("AccessDeniedException", "User: x is not authorized"),
    "CreateTable",
    "stop",
  ],
  ["credentials nobody knows", awsError("UnrecognizedClientException"), "DescribeTable", "stop"],
  ["an expired token", awsError("ExpiredTokenException"), "DescribeTable", "retry"],
  [
    "a clock that is off",
    awsError("InvalidSignatureException", "Signature expired: 2026"),
    "DescribeTable",
    "retry",
  ],
  [
    "no credentials",
    Object.assign(new Error("none"), { name: "CredentialsProviderError" }),
    "CreateTable",
    "wait",
  ],
  ["a page from a gateway", html(502), "DescribeTable", "retry"],
  ["the same on CreateTable", html(502), "CreateTable", "ambiguous"],
  ["a bug of ours", new TypeError("x is undefined"), "CreateTable", "stop"],
  ["something that is no error", "what", "CreateTable", "stop"],
];

const differing: [title: string, error: unknown, call: ApiCall, emulator: CallFailure["kind"]][] = [
  [
    "an operation it does not know",
    awsError("UnknownOperationException"),
    "UpdateContinuousBackups",
    "unsupported",
  ],
  ["an error without a name", awsError("Unknown", "UnknownError", 404), "ListTagsOfResource", "unsupported"],
  ["a page instead of an answer", html(404), "DescribeTimeToLive", "unsupported"],
  [
    "an answer without its content",
    new UnexpectedAnswer("ListTagsOfResource", "Tags"),
    "ListTagsOfResource",
    "unsupported",
  ],
  [
    "a feature it says it lacks",
    awsError("ValidationException", "Tagging is not currently supported in DynamoDB Local."),
    "ListTagsOfResource",
    "unsupported",
  ],
  [
    "a 501",
    awsError("InternalFailure", "has not yet been emulated", 501),
    "DescribeContinuousBackups",
    "unsupported",
  ],
  ["a page instead of a table", html(404), "CreateTable", "stop"],
];

describe("a failed call", () => {
  test.each(everywhere)("for %s is the same on AWS and on an endpoint", (_title, error, call, kind) => {
    expect(classifyFailure(error, { call, endpoint: false }).kind).toBe(kind);
    expect(classifyFailure(error, { call, endpoint: true }).kind).toBe(kind);
  });

  test.each(differing)(
    "for %s is a stop on AWS, whatever an endpoint may lack",
    (_title, error, call, emulator) => {
      expect(classifyFailure(error, { call, endpoint: true }).kind).toBe(emulator);
      expect(classifyFailure(error, { call, endpoint: false }).kind).toBe("stop");
    },
  );

  test("for a page with status 500 says unsupported at an endpoint, and is tried again on AWS", () => {
    expect(classifyFailure(html(500), { call: "DescribeTimeToLive", endpoint: true }).kind).toBe(
      "unsupported",
    );
    expect(classifyFailure(html(500), { call: "DescribeTimeToLive", endpoint: false }).kind).toBe("retry");
  });

  test.each([...everywhere, ...differing])("for %s has words of ours", (_title, error, call) => {
    for (const endpoint of [true, false]) {
      const failure = classifyFailure(error, { call, endpoint });
      expect(failure.explanation).toMatch(/^[A-Z].*\.$/);
      expect(failure.message).not.toBe("");
    }
  });

  test("for TTL changed too soon waits the hour that DynamoDB wants", () => {
    const error = awsError(
      "ValidationException",
      "TimeToLive has been modified multiple times within a fixed interval",
    );
    expect(classifyFailure(error, { call: "UpdateTimeToLive", endpoint: false })).toMatchObject({
      kind: "wait",
      seconds: 3600,
    });
  });

  test("at an account limit waits 30 to 60 seconds", () => {
    const failure = classifyFailure(awsError("LimitExceededException"), {
      call: "CreateTable",
      endpoint: false,
    });
    expect(failure.kind === "wait" && failure.seconds >= 30 && failure.seconds <= 60).toBe(true);
  });

  test("keeps AWS's words and names the right that lacks", () => {
    const words =
      "User: arn:aws:sts::111111111111:assumed-role/tablewright/x is not authorized to perform: dynamodb:UpdateTimeToLive on resource: arn:aws:dynamodb:eu-west-1:111111111111:table/t because no identity-based policy allows the dynamodb:UpdateTimeToLive action";
    const failure = classifyFailure(awsError("AccessDeniedException", words), {
      call: "UpdateTimeToLive",
      endpoint: false,
    });
    expect(failure.message).toBe(`AccessDeniedException: ${words}`);
    expect(failure.explanation).toContain("lacks dynamodb:UpdateTimeToLive.");
  });

  test("to assume the role points at the trust policy", () => {
    const words = "User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/t";
    const failure = classifyFailure(awsError("AccessDenied", words, 403), {
      call: "CreateTable",
      endpoint: false,
    });
    expect(failure.explanation).toContain("trust policy");
  });

  test("never repeats the signed request that AWS quotes back", () => {
    const words =
      "The request signature we calculated does not match the signature you provided. Check your key.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:SECRET'";
    const failure = classifyFailure(awsError("InvalidSignatureException", words), {
      call: "DescribeTable",
      endpoint: false,
    });
    expect(failure.kind).toBe("stop");
    expect(JSON.stringify(failure)).not.toContain("SECRET");
  });

  test("tells expired credentials from others", () => {
    expect(credentialsExpired(awsError("ExpiredTokenException"))).toBe(true);
    expect(credentialsExpired(awsError("AccessDeniedException"))).toBe(false);
  });
});

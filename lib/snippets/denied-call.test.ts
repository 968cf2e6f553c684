import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { because, cloudTrail, core, denialMessages, role, usualDenial } from "./denied-call.fixture.ts";
import { type DeniedCall, maxDeniedMessageCharacters, parseDeniedCall } from "./denied-call.ts";

const summary = ({ principal, action, resource, cause, operation, more }: DeniedCall) => ({
  who: principal?.text ?? null,
  action,
  resource: resource?.text ?? null,
  cause: [cause.kind, cause.policy, cause.policyArn].filter((part) => part !== null).join(" | "),
  operation,
  more,
});

test.each(denialMessages)("is read from %s", (_, message, expected) => {
  const parsed = parseDeniedCall(message);
  expect(parsed.understood && summary(parsed.call)).toEqual({ ...usualDenial, ...expected });
});

test("the parts of an ARN are told apart", () => {
  const parsed = parseDeniedCall(`${core}/index/by_customer ${because}`);
  expect(parsed).toMatchObject({
    call: {
      principal: { kind: "role", name: "app", session: "i-123", account: "111111111111" },
      resource: {
        service: "dynamodb",
        region: "eu-west-1",
        account: "111111111111",
        table: "shop-prod-orders",
        part: { kind: "index", name: "by_customer" },
      },
    },
  });
});

test.each([
  ["arn:aws:iam::111111111111:role/team/app", "role", "app"],
  ["arn:aws:iam::111111111111:user/team/dana", "user", "dana"],
  ["arn:aws:sts::111111111111:federated-user/dana", "federated-user", "dana"],
  ["arn:aws:iam::111111111111:root", "root", "root"],
  ["anonymous", "anonymous", "anonymous"],
  ["lambda.amazonaws.com", "service", "lambda.amazonaws.com"],
  ["AIDACKCEVSQ6C2EXAMPLE", "other", "AIDACKCEVSQ6C2EXAMPLE"],
])("%s is a %s named %s", (who, kind, name) => {
  expect(parseDeniedCall(core.replace(role, who))).toMatchObject({ call: { principal: { kind, name } } });
});

describe("what is no denial is told by what it is", () => {
  test.each([
    ["", "empty"],
    [" \n\u200b ", "empty"],
    ["Hello", "unclear"],
    ["User is not authorized to access this resource", "unclear"],
    ["ResourceNotFoundException: Requested resource not found", "unclear"],
    ["is not authorized to perform: ", "unclear"],
    ["UnrecognizedClientException: The security token included in the request is invalid.", "credentials"],
    ["ExpiredTokenException: The security token included in the request is expired", "credentials"],
    ["You are not authorized. Encoded authorization failure message: XQ_jqde5rHje6j9P", "encoded"],
    ["x".repeat(maxDeniedMessageCharacters + 1), "too-long"],
    ["An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", "unclear"],
    ["An error occurred (AccessDenied) when calling the AssumeRole operation: Access denied", "unclear"],
    [JSON.stringify({ ...cloudTrail, eventName: "ExecuteStatement" }), "unclear"],
    [JSON.stringify({ ...cloudTrail, eventSource: "s3.amazonaws.com", eventName: "GetObject" }), "unclear"],
  ])("%.60s: %s", (message, problem) => {
    expect(parseDeniedCall(message)).toEqual({ understood: false, problem });
  });
});

const table = "arn:aws:dynamodb:eu-west-1:111111111111:table/shop-prod-orders";
const key = "arn:aws:kms:eu-west-1:111111111111:key/1234abcd";
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "User:",
      role,
      " is not authorized to perform: ",
      "dynamodb:Query",
      " on resource: ",
      table,
      key,
      "*",
    ],
    ...[
      " because no ",
      "identity-based policy",
      " with an explicit deny in a ",
      "\\u0000",
      "\\ud800",
      "&#0;",
    ],
    ...[
      "&#x1F;",
      "\n",
      " ",
      "\\",
      '"',
      "<",
      "│ ",
      "KMS key access denied",
      "Cannot access stream ",
      "arn:aws:",
    ],
    ...['"eventName":"', '"tableName":"', "\u001b[0m", "AccessDenied"],
  ),
  fc.string({ unit: "binary" }),
);

test("any text is read without an error", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(parseDeniedCall(pieces.join("")).understood).toBeTypeOf("boolean");
    }),
    { numRuns: 2_000 },
  );
});

test("a line may be cut anywhere", () => {
  const message = `${core}/index/by_customer ${because}`;
  const whole = parseDeniedCall(message);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(message.length), { maxLength: 12 }), (cuts) => {
      const cut = [...message].map((char, at) => (cuts.includes(at) ? `\n${char}` : char)).join("");
      expect(parseDeniedCall(cut)).toEqual(whole);
    }),
  );
});

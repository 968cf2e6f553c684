import { describe, expect, test } from "vitest";
import type { DynamoGateway } from "#lib/infra/aws/gateway.ts";
import type { EnvironmentConfig } from "#lib/infra/config.ts";
import { accountProblem } from "./account-check.ts";
import { Overtaken } from "./progress-store.ts";

/** Each test has a role of its own: an answer is believed for a while for the same account, region and role. */
let roles = 0;
const environment = (): EnvironmentConfig => ({
  name: "prod",
  account: "111111111111",
  region: "eu-west-1",
  endpoint: null,
  role_arn: `arn:aws:iam::111111111111:role/r${++roles}`,
  external_id: null,
  paused: false,
  tags: {},
});

function answering(answer: () => string): { gateway: DynamoGateway; asked: () => number } {
  let asked = 0;
  const callerAccount = async () => {
    asked += 1;
    return answer();
  };
  return { gateway: { callerAccount } as DynamoGateway, asked: () => asked };
}

const failing = (name: string, message: string) => () => {
  throw Object.assign(new Error(message), { name });
};

describe("before anything is written with credentials", () => {
  test("the account they belong to must be the configured one, and is asked for once", async () => {
    const { gateway, asked } = answering(() => "111111111111");
    const where = environment();
    expect(await accountProblem(gateway, where)).toBeNull();
    expect(await accountProblem(gateway, where)).toBeNull();
    expect(asked()).toBe(1);
  });

  test("another account stops everything and is named, each time anew", async () => {
    const { gateway, asked } = answering(() => "999999999999");
    const where = environment();
    const problem = {
      do: "stop",
      why: expect.stringMatching(/999999999999.*prod.*111111111111.*Nothing was sent/),
    };
    expect(await accountProblem(gateway, where)).toEqual(problem);
    expect(await accountProblem(gateway, where)).toEqual(problem);
    expect(asked()).toBe(2);
  });

  test.each([
    ["a refusal stops", failing("AccessDenied", "not authorized to perform: sts:AssumeRole"), "stop"],
    [
      "no credentials yet is a pause",
      failing("CredentialsProviderError", "Could not load credentials"),
      "pause",
    ],
    ["no answer is a pause", failing("TimeoutError", "timed out"), "pause"],
  ])("%s", async (_what, answer, expected) => {
    expect(await accountProblem(answering(answer).gateway, environment())).toMatchObject({ do: expected });
  });

  test("a lease that ran out meanwhile is neither", async () => {
    const overtaken = () => {
      throw new Overtaken();
    };
    await expect(accountProblem(answering(overtaken).gateway, environment())).rejects.toBeInstanceOf(
      Overtaken,
    );
  });
});

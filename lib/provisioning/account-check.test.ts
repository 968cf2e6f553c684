import { describe, expect, test } from "vitest";
import { WrongAccount } from "#lib/infra/aws/wrong-account.ts";
import { accountProblem } from "./account-check.ts";

const failing = (error: Error) => ({ checkAccount: () => Promise.reject(error) });
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("before anything is written with credentials", () => {
  test("those of the configured account are no problem", async () => {
    expect(await accountProblem({ checkAccount: async () => {} })).toBeNull();
  });

  test("another account stops everything and is named", async () => {
    expect(await accountProblem(failing(new WrongAccount("999999999999", "111111111111")))).toEqual({
      do: "stop",
      why: expect.stringMatching(/999999999999.*111111111111.*Nothing was sent/),
    });
  });

  test.each([
    ["a refusal stops", named("AccessDenied", "not authorized to perform: sts:AssumeRole"), "stop"],
    ["no credentials yet is a pause", named("CredentialsProviderError", "Could not load any"), "pause"],
    ["no answer is a pause", named("TimeoutError", "timed out"), "pause"],
  ])("%s", async (_what, error, expected) => {
    expect(await accountProblem(failing(error))).toMatchObject({ do: expected });
  });
});

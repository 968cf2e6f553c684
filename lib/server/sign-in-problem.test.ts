import { expect, test } from "vitest";
import { failureReason, readReference, signInProblemWords } from "./sign-in-problem.ts";

test("the sign-in page says only its own words, whatever stands in its address", () => {
  expect(signInProblemWords(undefined)).toBeNull();
  expect(signInProblemWords("email-taken")).toMatch(/another account/);
  for (const forged of ["Call 555-0100 now", "constructor", ["again", "again"], ""])
    expect(signInProblemWords(forged)).toMatch(/^Signing in did not work/);
  expect(readReference("0a1b2c3d")).toBe("0a1b2c3d");
  for (const forged of ["0A1B2C3D", "0a1b2c3", "0a1b2c3d ", ["0a1b2c3d"], undefined])
    expect(readReference(forged)).toBeNull();
});

test("the log gets names, codes and messages of an error and its causes, and none of what they carry", () => {
  const claims = { body: { sub: "s", id_token: "secret-token" } };
  const cause = Object.assign(new Error("unexpected nonce"), { code: "OAUTH_JWT_CLAIM", cause: claims });
  const error = Object.assign(new Error("invalid response", { cause }), {
    error: "access_denied",
    token: "secret-token",
  });
  expect(failureReason(error)).toBe(
    "Error (access_denied): invalid response; Error (OAUTH_JWT_CLAIM): unexpected nonce",
  );
  expect(failureReason("text")).toBe("unknown");
});

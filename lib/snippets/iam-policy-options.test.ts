import { describe, expect, test } from "vitest";
import { AppError } from "#lib/core/errors.ts";
import { parseIamPolicyOptions } from "./iam-policy-snippet.ts";

const defaults = {
  access: "reader",
  as: "json",
  scan: true,
  leading_keys: [],
  attributes: [],
  partiql: false,
  https_only: false,
};
const tenant = `\${aws:PrincipalTag/tenant_id}`;
const withDefault = `\${aws:PrincipalTag/team, 'company-wide'}`;

function refusalOf(given: unknown): unknown {
  try {
    parseIamPolicyOptions(given);
  } catch (error) {
    return error;
  }
  return null;
}

describe("the options of an IAM policy", () => {
  test("have defaults", () => {
    expect(parseIamPolicyOptions({})).toEqual(defaults);
  });

  test("read the same from a query string and from JSON", () => {
    const text = {
      access: "module",
      as: "cloudformation",
      scan: "false",
      leading_keys: `${tenant}, shared`,
      attributes: "status,total",
      partiql: "true",
      https_only: "true",
    };
    const values = {
      access: "module",
      as: "cloudformation",
      scan: false,
      leading_keys: [tenant, "shared"],
      attributes: ["status", "total"],
      partiql: true,
      https_only: true,
    };
    expect(parseIamPolicyOptions(text)).toEqual(values);
    expect(parseIamPolicyOptions(values)).toEqual(values);
  });

  test.each([
    [`${withDefault},b`, [withDefault, "b"]],
    [`["a, b"," c"]`, ["a, b", " c"]],
    [" a , b ", ["a", "b"]],
    ["a,a", ["a"]],
    [`TENANT#${tenant}`, [`TENANT#${tenant}`]],
    [`\${$}{literal}`, [`\${$}{literal}`]],
    [`$\${$}{literal}`, [`$\${$}{literal}`]],
  ])("read the leading keys %j as %j", (text, values) => {
    expect(parseIamPolicyOptions({ leading_keys: text }).leading_keys).toEqual(values);
  });

  test.each([
    ["a,b}", ["a", "b}"]],
    [`\${x,y}`, [`\${x`, "y}"]],
    [`["a,b"]`, ["a,b"]],
  ])("read the attributes %j as %j: a name is never a variable", (text, values) => {
    expect(parseIamPolicyOptions({ attributes: text }).attributes).toEqual(values);
  });

  test.each([
    [{ as: "yaml" }, "/as", "json, terraform or cloudformation"],
    [{ access: "admin" }, "/access", "reader, writer"],
    [{ scan: "no" }, "/scan", "true or false"],
    [{ partiql: "1" }, "/partiql", "true or false"],
    [{ acces: "reader" }, "/acces", "no option"],
    [{ leading_keys: "" }, "/leading_keys/0", "empty"],
    [{ leading_keys: [] }, "/leading_keys", "empty"],
    [{ leading_keys: "a,,b" }, "/leading_keys/1", "empty"],
    [{ leading_keys: [1] }, "/leading_keys/0", "text"],
    [{ leading_keys: "[a" }, "/leading_keys", "a JSON array"],
    [{ leading_keys: ["\\ud800"].map((text) => JSON.parse(`"${text}"`)) }, "/leading_keys/0", "surrogate"],
    [{ leading_keys: `\${tenant}` }, "/leading_keys/0", "policy variable"],
    [{ leading_keys: [`\${aws:PrincipalTag/x`] }, "/leading_keys/0", "policy variable"],
    [{ attributes: "" }, "/attributes/0", "attribute"],
    [{ attributes: ["a\nb"] }, "/attributes/0", "control character"],
    [{ access: "stream", leading_keys: "a" }, "/leading_keys", "every item"],
    [{ access: "stream", attributes: "a" }, "/attributes", "whole items"],
    [{ access: "stream", partiql: true }, "/partiql", "PartiQL"],
  ])("refuse %j and say where", (given, path, words) => {
    const refusal = refusalOf(given);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({
      code: "INVALID",
      errors: [{ path, message: expect.stringContaining(words) }],
    });
  });
});

import { expect, test } from "vitest";
import {
  choiceHref,
  parseSnippetChoice,
  policyAccesses,
  policyHref,
  type SnippetChoice,
  snippetFormats,
  snippetOptions,
} from "#components/snippets/snippet-choice.ts";
import { iamAccesses, includesScan } from "#lib/snippets/iam-policy.ts";
import { parseIamPolicyOptions } from "#lib/snippets/iam-policy-snippet.ts";

const standard = parseSnippetChoice({});

/** What a page reads from an address. */
function paramsOf(href: string): Record<string, string | string[]> {
  const { searchParams } = new URL(href, "http://127.0.0.1");
  return Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
}

test("every access of the API can be chosen, and Scan is offered exactly where a policy would hold it", () => {
  expect(policyAccesses.map(({ value }) => value)).toEqual([...iamAccesses]);
  for (const { value, scans } of policyAccesses) expect([value, scans]).toEqual([value, includesScan(value)]);
});

const choices: Partial<SnippetChoice>[] = [
  {},
  ...snippetFormats.map((format) => ({ format })),
  ...policyAccesses.map(({ value }) => ({ access: value })),
  { as: "terraform", scan: false },
  { as: "cloudformation", partiql: true },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  { leading_keys: "${aws:PrincipalTag/tenant_id}\r\na&b=c", attributes: "id, ключ\n#%", https_only: true },
  { format: "env", env_as: "json", as: "terraform" },
];

test.each(choices)("%o comes back from its own address, with all else that a page keeps there", (part) => {
  const choice = { ...standard, ...part };
  const address = {
    path: "/tables/1",
    keep: [
      ["table", "a"],
      ["table", "b"],
    ] as const,
  };
  const params = paramsOf(choiceHref(address, choice));
  expect(parseSnippetChoice(params)).toEqual(choice);
  expect(params.table).toEqual(["a", "b"]);
});

test("an address with nonsense shows the default", () => {
  expect(parseSnippetChoice({ format: "excel", access: "root", as: "xml", scan: "maybe" })).toEqual(standard);
  expect(choiceHref({ path: "/tables/1", keep: [] }, standard)).toBe("/tables/1?format=iam-policy");
});

test("what was typed, one a line or with commas, arrives as the list that was meant", () => {
  const read = (attributes: string) =>
    parseIamPolicyOptions(snippetOptions({ ...standard, access: "reader", attributes })).attributes;
  for (const typed of ["id,name", "id\r\nname", " id,\n\n name \n", '["id", "name"]']) {
    expect(read(typed)).toEqual(["id", "name"]);
  }
  expect(read('["a,b"]')).toEqual(["a,b"]);
});

test("options are sent for the format that has them, and only when chosen", () => {
  expect(snippetOptions({ ...standard, format: "cdk", https_only: true })).toEqual({});
  expect(snippetOptions({ ...standard, format: "env", env_as: "json" })).toEqual({ as: "json" });
  expect(snippetOptions({ ...standard, leading_keys: "  " })).toEqual({
    access: "reader-writer",
    as: "json",
    scan: "true",
  });
});

test("a link to a policy leads to its place on the table's page", () => {
  expect(policyHref("1", { access: "reader", scan: false })).toBe(
    "/tables/1?format=iam-policy&access=reader&scan=false#policy",
  );
});

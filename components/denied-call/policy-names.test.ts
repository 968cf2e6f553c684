import { expect, test } from "vitest";
import { policyAccesses } from "#components/snippets/snippet-choice.ts";
import { grantWords } from "#lib/snippets/denied-call-words.ts";

test.each(policyAccesses)("a policy that is named as $label is found under that name", ({ value, label }) => {
  const grant = { access: value, scan: false, partiql: false, statement: "Table" };
  expect(grantWords(grant)).toContain(`“${label}”`);
});

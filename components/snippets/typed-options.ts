import type { SnippetChoice } from "#components/snippets/snippet-choice.ts";

/** The options of a policy that are typed and ticked in a form; the others are links. */
export const typedOptions = ["leading_keys", "attributes", "partiql", "https_only"] as const;
export type TypedOption = (typeof typedOptions)[number];

/** None of them set. */
export const noTypedOptions = { leading_keys: "", attributes: "", partiql: false, https_only: false };

/** The option of this form that a fault is about, by its JSON pointer; undefined: none of them. */
export function optionOf(path: string): TypedOption | undefined {
  const parts = path.split("/");
  return typedOptions.find((name) => parts.includes(name));
}

/** Those that are set, in a few words each. */
export function typedOptionWords(choice: SnippetChoice): string[] {
  return [
    choice.leading_keys.trim() ? "own items" : null,
    choice.attributes.trim() ? "chosen attributes" : null,
    choice.partiql ? "PartiQL" : null,
    choice.https_only ? "HTTPS only" : null,
  ].filter((word) => word !== null);
}

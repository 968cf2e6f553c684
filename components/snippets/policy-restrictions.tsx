import Form from "next/form";
import Link from "next/link";
import { TextareaField } from "#components/form/text-field.tsx";
import { OptionCheckbox } from "#components/snippets/option-checkbox.tsx";
import {
  choiceHref,
  choiceParams,
  type SnippetAddress,
  type SnippetChoice,
} from "#components/snippets/snippet-choice.ts";
import {
  noTypedOptions,
  optionOf,
  type TypedOption,
  typedOptions,
  typedOptionWords,
} from "#components/snippets/typed-options.ts";
import { Button } from "#components/ui/button.tsx";

/** A policy variable, which IAM fills in for every call. */
const callersTag = "$\u007baws:PrincipalTag/tenant_id}";

type PolicyRestrictionsProps = {
  address: SnippetAddress;
  choice: SnippetChoice;
  errors: readonly { path: string; message: string }[];
};

/**
 * What narrows or widens a policy beside its access, as a GET form: it works without JavaScript, and an answer that
 * refuses something shows it beside the field that still holds it. `PolicyRestrictions({ address, choice, errors })`.
 */
export function PolicyRestrictions({ address, choice, errors }: PolicyRestrictionsProps) {
  const set = typedOptionWords(choice);
  const errorOf = (name: TypedOption) =>
    errors
      .filter(({ path }) => optionOf(path) === name)
      .map(({ message }) => message)
      .join(" ");
  const kept = [...address.keep, ...choiceParams(choice)].filter(
    ([name]) => !typedOptions.some((one) => one === name),
  );
  return (
    <details open={set.length > 0 || errors.length > 0}>
      <summary className="cursor-pointer text-ink-2 hover:text-ink">
        {set.length > 0 ? `More options: ${set.join(", ")}` : "More options"}
      </summary>
      <Form action={address.path} prefetch={false} scroll={false} className="grid gap-3 pt-2.5">
        {kept.map(([name, value]) => (
          <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
        ))}
        <TextareaField
          key={`keys ${choice.leading_keys}`}
          name="leading_keys"
          label="Only items with these partition keys"
          optional
          rows={2}
          spellCheck={false}
          className="font-mono text-sm"
          defaultValue={choice.leading_keys}
          error={errorOf("leading_keys")}
          hint={
            <>
              One a line or with commas between. <code>{callersTag}</code> stands for a tag of whoever calls.
            </>
          }
        />
        <TextareaField
          key={`attributes ${choice.attributes}`}
          name="attributes"
          label="Only these attributes"
          optional
          rows={2}
          spellCheck={false}
          className="font-mono text-sm"
          defaultValue={choice.attributes}
          error={errorOf("attributes")}
          hint="One a line or with commas between; the keys are always among them."
        />
        <OptionCheckbox
          name="partiql"
          label="PartiQL statements too"
          checked={choice.partiql}
          error={errorOf("partiql")}
        />
        <OptionCheckbox
          name="https_only"
          label="Calls over HTTPS only"
          checked={choice.https_only}
          error={errorOf("https_only")}
        />
        <div className="cluster">
          <Button type="submit">Apply</Button>
          {set.length > 0 ? (
            <Link
              href={choiceHref(address, { ...choice, ...noTypedOptions })}
              prefetch={false}
              scroll={false}
              className="link text-sm"
            >
              Clear
            </Link>
          ) : null}
        </div>
      </Form>
    </details>
  );
}

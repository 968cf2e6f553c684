import Form from "next/form";
import { TextareaField } from "#components/form/text-field.tsx";
import {
  choiceHref,
  choiceParams,
  type SnippetAddress,
  type SnippetChoice,
} from "#components/snippets/snippet-choice.ts";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** A policy variable, which IAM fills in for every call. */
const callersTag = "$\u007baws:PrincipalTag/tenant_id}";
const typed = ["leading_keys", "attributes", "partiql", "https_only"] as const;
const none = { leading_keys: "", attributes: "", partiql: false, https_only: false };

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
  const set = restrictionWords(choice);
  const errorOf = (name: string) =>
    errors
      .filter(({ path }) => path.split("/").includes(name))
      .map(({ message }) => message)
      .join(" ");
  const kept = [...address.keep, ...choiceParams(choice)].filter(
    ([name]) => !typed.some((one) => one === name),
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
          hint="One a line or with commas between; name the table's keys too."
        />
        <Checkbox
          name="partiql"
          label="PartiQL statements too"
          checked={choice.partiql}
          error={errorOf("partiql")}
        />
        <Checkbox
          name="https_only"
          label="Calls over HTTPS only"
          checked={choice.https_only}
          error={errorOf("https_only")}
        />
        <div className="cluster">
          <Button type="submit">Apply</Button>
          {set.length > 0 ? (
            <LinkButton href={choiceHref(address, { ...choice, ...none })} variant="quiet">
              Clear
            </LinkButton>
          ) : null}
        </div>
      </Form>
    </details>
  );
}

type CheckboxProps = { name: string; label: string; checked: boolean; error: string };

function Checkbox({ name, label, checked, error }: CheckboxProps) {
  return (
    <div>
      <label className="flex w-fit cursor-pointer items-center gap-2">
        <input
          key={String(checked)}
          type="checkbox"
          name={name}
          value="true"
          defaultChecked={checked}
          aria-describedby={error ? `${name}-error` : undefined}
        />
        {label}
      </label>
      {error ? (
        <p id={`${name}-error`} className="text-bad text-sm">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function restrictionWords(choice: SnippetChoice): string[] {
  return [
    choice.leading_keys.trim() ? "own items" : null,
    choice.attributes.trim() ? "chosen attributes" : null,
    choice.partiql ? "PartiQL" : null,
    choice.https_only ? "HTTPS only" : null,
  ].filter((word) => word !== null);
}

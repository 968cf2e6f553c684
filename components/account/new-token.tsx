"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { SelectField, TextField } from "#components/form/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { PlainCode } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Fieldset } from "#components/ui/field.tsx";
import { Note } from "#components/ui/note.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

type NewTokenBody = { name: string; scopes: string[]; expires_days: number };
type NewTokenProps = { create: (input: NewTokenBody) => Promise<Result<string>> };

const scopes = [
  { value: "read", label: "read: see what you see" },
  { value: "request", label: "request: ask, change and cancel as you" },
  { value: "approve", label: "approve: decide as you" },
];
const expiries = [7, 30, 90, 365].map((days) => ({ value: String(days), label: `in ${days} days` }));

/** Makes a token and shows it, once. `NewToken({ create })`. */
export function NewToken({ create }: NewTokenProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const { run, pending, failure } = useAction(create);
  const formId = useId();
  const close = () => {
    setOpen(false);
    if (token) router.refresh();
    setToken(null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const result = await run({
      name: String(form.get("name")),
      scopes: form.getAll("scope").map(String),
      expires_days: Number(form.get("expires")),
    });
    if (result.ok) setToken(result.data);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>New token</Button>
      <Dialog
        open={open}
        onClose={close}
        title={token ? "Your new token" : "New token"}
        description={
          token
            ? "Copy it now: it is not kept, so nobody can show it again."
            : "A program that has it acts as you, under the same rules as you."
        }
        footer={
          token ? (
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={close}>Close</Button>
              <Button type="submit" form={formId} variant="primary" pending={pending}>
                Create token
              </Button>
            </>
          )
        }
      >
        {token ? <Shown token={token} /> : <Form id={formId} onSubmit={submit} failure={failure} />}
      </Dialog>
    </>
  );
}

function Shown({ token }: { token: string }) {
  return (
    <div className="stack gap-2.5">
      <PlainCode label="Token" code={token} />
      <CopyButton text={token} what="token" variant="default" />
    </div>
  );
}

type FormProps = {
  id: string;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  failure: ReturnType<typeof useAction>["failure"];
};

function Form({ id, onSubmit, failure }: FormProps) {
  const errorAt = (path: string) => failure?.errors.find((one) => one.path.startsWith(path))?.message;
  return (
    <form id={id} onSubmit={onSubmit} noValidate className="stack">
      {failure && failure.errors.length === 0 ? (
        <Note tone="bad" live>
          {failure.message}
        </Note>
      ) : null}
      <TextField
        label="Name"
        name="name"
        hint="What uses it: ci, my laptop"
        maxLength={100}
        required
        error={errorAt("/name")}
      />
      <Fieldset legend="It may" error={errorAt("/scopes")}>
        {scopes.map(({ value, label }) => (
          <label key={value} className="flex w-fit cursor-pointer items-center gap-2">
            <input type="checkbox" name="scope" value={value} defaultChecked={value === "read"} />
            {label}
          </label>
        ))}
      </Fieldset>
      <SelectField
        label="Expires"
        name="expires"
        options={expiries}
        defaultValue="90"
        error={errorAt("/expires_days")}
      />
    </form>
  );
}

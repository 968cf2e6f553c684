"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { TextareaField, TextField } from "#components/form/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { useAction } from "#lib/client/use-action.ts";
import type { Result } from "#lib/core/result.ts";

type DecommissionFormProps = {
  /** The name that has to be typed; null: none, because nothing new is asked for. */
  name: string | null;
  justification: string;
  submitLabel: string;
  /** Sends it, with what was written. */
  send: (justification: string) => Promise<Result<{ id: string }>>;
};

type Faults = { typed?: string; justification?: string };

/** Asks for the end of a table, after its name was typed. `DecommissionForm({ name, justification, submitLabel, send })`. */
export function DecommissionForm({ name, justification, submitLabel, send }: DecommissionFormProps) {
  const router = useRouter();
  const { run, pending, failure } = useAction(send);
  const [why, setWhy] = useState(justification);
  const [typed, setTyped] = useState("");
  const [faults, setFaults] = useState<Faults>({});

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found: Faults = {
      ...(why.trim() === "" && { justification: "Say why the table is not needed any more" }),
      ...(name !== null && typed !== name && { typed: `That is not the table's name. Type ${name}` }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const result = await run(why.trim());
    if (result.ok) router.push(`/requests/${result.data.id}`);
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-3.5">
      {failure ? (
        <Note tone="bad" live>
          {failure.errors[0]?.message ?? failure.message}
        </Note>
      ) : null}
      <TextareaField
        label="Justification"
        hint="Why it can go, and who was asked: the approvers read it"
        error={faults.justification}
        value={why}
        maxLength={2000}
        required
        onChange={(event) => setWhy(event.target.value)}
      />
      {name === null ? null : (
        <TextField
          label="Name of the table"
          hint={
            <>
              Type <code className="[overflow-wrap:anywhere]">{name}</code> to say that you mean this one
            </>
          }
          error={faults.typed}
          mono
          value={typed}
          required
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <div>
        <Button type="submit" variant="danger" pending={pending}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

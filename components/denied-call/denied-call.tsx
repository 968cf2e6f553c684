"use client";

import { type FormEvent, useRef, useState, useSyncExternalStore } from "react";
import { DeniedVerdict } from "#components/denied-call/denied-verdict.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { fetchJson } from "#lib/client/fetch-json.ts";
import type { DeniedAnswer } from "#lib/snippets/denied-call-answer.ts";

const never = () => () => {};

/** Before the page is alive what is pasted would be lost, so nothing can be pasted. */
const useAlive = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

type DeniedCallProps = {
  /** The table whose page this is on; its policies are looked at where the message names no table. */
  tableId?: string;
  /** The project whose page this is on. */
  project?: string;
};

/**
 * Reads a pasted access-denied message and names the policy that grants the call, or says why none does.
 * `DeniedCall({ tableId, project })`.
 */
export function DeniedCall({ tableId, project }: DeniedCallProps) {
  const [message, setMessage] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [answer, setAnswer] = useState<DeniedAnswer | null>(null);
  const alive = useAlive();
  const field = useRef<HTMLTextAreaElement>(null);

  const explain = async (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setError(null);
    setAnswer(null);
    setPending(true);
    try {
      if (message.trim() === "") throw new Error("Paste the message first.");
      setAnswer(await fetchJson("/api/denied-call", { body: { message, table_id: tableId, project } }));
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown.message : "This went wrong. Please try again.");
      field.current?.focus();
    }
    setPending(false);
  };

  return (
    <Card label="A call was denied?">
      <CardHeader title="A call was denied?" />
      <CardBody className="grid gap-2.5">
        <form onSubmit={explain} className="grid gap-2.5">
          <Field
            label="Access-denied message"
            hint="As the SDK, the CLI or CloudTrail gave it. It is read and not kept."
            error={error}
          >
            {(control) => (
              <Textarea
                {...control}
                ref={field}
                disabled={!alive}
                value={message}
                onChange={(event) => setMessage(event.target.value)}
                spellCheck={false}
                autoComplete="off"
                className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]"
              />
            )}
          </Field>
          <Button type="submit" pending={pending} className="justify-self-start">
            Explain
          </Button>
        </form>
        <noscript>
          <p className="text-ink-2 text-sm">This needs JavaScript.</p>
        </noscript>
        <div role="status">{answer ? <DeniedVerdict answer={answer} tableId={tableId} /> : null}</div>
      </CardBody>
    </Card>
  );
}

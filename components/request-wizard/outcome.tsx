"use client";

import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { KeysTable } from "#components/ui/keys-table.tsx";
import type { Requirement } from "#lib/requests/schema.ts";
import { NameWords } from "./name-words.tsx";
import { needsWords } from "./needs-words.ts";
import { sampleItems } from "./sample-items.ts";
import { useTable, useWizard } from "./wizard-context.ts";

/** What the table at hand will be: its name, what lies in it, what it answers. */
export function Outcome() {
  const { table } = useTable();
  const { name, state } = useWizard().nameOf(table);
  const { key, spec } = table;
  const samples = sampleItems(spec);
  const start = key !== "" && name.endsWith(key) ? name.slice(0, -key.length) : name;
  return (
    <Card>
      <CardHeader title="What you will get" />
      <CardBody className="stack gap-2">
        <p className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
          {start}
          {start === name ? null : <b>{key}</b>}
        </p>
        <p className="text-ink-2 text-sm" aria-live="polite">
          <NameWords state={state} />
        </p>
        {samples ? (
          <>
            <KeysTable
              label="Example items"
              head={dedupe(samples.head)}
              rows={samples.rows.map((row) =>
                row.map((cell, place) =>
                  place === row.length - 1 ? (
                    <span key="item" className="text-ink-2">
                      {cell}
                    </span>
                  ) : (
                    <span key={samples.head[place]} className="mono [overflow-wrap:anywhere]">
                      {cell}
                    </span>
                  ),
                ),
              )}
              columnMarks={samples.head.length === 3 ? ["first", "second", null] : ["first", null]}
            />
            <p className="text-ink-2 text-sm">
              {samples.question[0]}
              <span className="mono">{samples.question[1]}</span>
              {samples.question[2]}
            </p>
          </>
        ) : (
          <p className="text-ink-2 text-sm">Name a partition key to see what the items look like.</p>
        )}
      </CardBody>
    </Card>
  );
}

/** Column heads are keys, too: a half-typed pair of equal names must not clash. */
const dedupe = (head: string[]) =>
  head.map((word, place) => (head.indexOf(word) < place ? `${word} ` : word));

type NeedsProps = {
  approvals: readonly Requirement[];
  current: boolean;
  /** A table has a fault, so that nothing is known of it yet. */
  unfinished: boolean;
};

/** Whose approval the request needs, as far as the last preview knows. */
export function Needs({ approvals, current, unfinished }: NeedsProps) {
  return (
    <Card label="Approval">
      <CardBody>
        <p className={current ? "" : "text-ink-2"} aria-live="polite">
          <span className="text-ink-2">Needs </span>
          <b>{needsWords(approvals)}</b>
        </p>
        {unfinished ? (
          <p className="text-ink-2 text-sm">Tables that are not finished may change that.</p>
        ) : null}
      </CardBody>
    </Card>
  );
}

"use client";

import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import { patternExplanation, patternLabel } from "#lib/table-spec/describe.ts";
import { choicesOf, SpecChoice } from "./fields.tsx";
import { KeyField } from "./key-field.tsx";
import { useTable, useWizard } from "./wizard-context.ts";

const keyDesign =
  "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

/** The pattern and the keys. */
export function StepKeys() {
  const { table } = useTable();
  const timeSeries = table.spec.type === "time-series";
  return (
    <>
      <SpecChoice path="type" legend="Pattern" options={choicesOf(patternLabel, patternExplanation)} />
      {timeSeries ? <TimeSeriesOffer /> : null}
      <KeyField
        path="partition_key"
        label="Partition key"
        hint={
          <>
            Spreads the load. Choose something with many values.{" "}
            <a href={keyDesign} target="_blank" rel="noreferrer" className="link">
              How to choose a key
            </a>
          </>
        }
      />
      <KeyField
        path="sort_key"
        label="Sort key"
        optional={!timeSeries}
        hint={
          timeSeries
            ? "The time: it orders the items of one partition key."
            : "Without one, a partition key holds one item. With one, it holds many, in its order."
        }
      />
    </>
  );
}

/** Defaults that suit the pattern, offered where nothing was typed; never put over what was. */
function TimeSeriesOffer() {
  const { form } = useWizard();
  const { table, at } = useTable();
  const { sort_key, enable_ttl, ttl_attribute } = table.spec;
  const sort = sort_key === "";
  const expire = !enable_ttl;
  if (!sort && !expire) return null;
  const set = { shouldDirty: true, shouldTouch: true };
  return (
    <Note
      title="Good defaults for a time series."
      actions={
        <>
          {sort ? (
            <Button
              onClick={() => {
                form.setValue(`tables.${at}.spec.sort_key`, "timestamp", set);
                form.setValue(`tables.${at}.spec.sort_key_type`, "N", set);
              }}
            >
              Sort by timestamp
            </Button>
          ) : null}
          {expire ? (
            <Button
              onClick={() => {
                form.setValue(`tables.${at}.spec.enable_ttl`, true, set);
                if (ttl_attribute === "") form.setValue(`tables.${at}.spec.ttl_attribute`, "ttl", set);
              }}
            >
              Let items expire
            </Button>
          ) : null}
        </>
      }
    >
      {sort ? (
        <>
          Sort by <span className="mono">timestamp</span>, a number, so that “the last hour” is one query.{" "}
        </>
      ) : null}
      {expire ? (
        <>
          Let old items expire at the time in their attribute{" "}
          <span className="mono">{ttl_attribute || "ttl"}</span>, free of charge.
        </>
      ) : null}
    </Note>
  );
}

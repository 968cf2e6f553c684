"use client";

import { streamViewTypeExplanation, streamViewTypeLabel } from "#lib/table-spec/describe.ts";
import { choicesOf, SpecSwitch, SpecText } from "./fields.tsx";
import { RadioList } from "./radio-list.tsx";
import { useTable } from "./wizard-context.ts";

/** Expiry of items, and the stream of changes. */
export function StepLifetime() {
  const { enable_ttl, enable_stream } = useTable().table.spec;
  return (
    <>
      <SpecSwitch
        path="enable_ttl"
        label="Let items expire (time to live)"
        hint="For data that is of no use after a time: sessions, events. Deletion is free and comes within a few days after the time."
      />
      {enable_ttl ? (
        <div className="pl-[42px]">
          <SpecText
            path="ttl_attribute"
            label="TTL attribute"
            hint="Holds the time at which an item expires: a number, in seconds since 1970. Items without it stay."
          />
        </div>
      ) : null}
      <SpecSwitch
        path="enable_stream"
        label="Stream of changes"
        hint="For programs that act on changes as they happen, such as a Lambda function. Changes are kept for 24 hours."
      />
      {enable_stream ? (
        <div className="pl-[42px]">
          <RadioList
            path="stream_view_type"
            legend="What each change carries"
            options={choicesOf(streamViewTypeLabel, streamViewTypeExplanation)}
          />
        </div>
      ) : null}
    </>
  );
}

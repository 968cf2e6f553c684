"use client";

import { useState } from "react";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { Button } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { RequestView } from "#lib/requests/schema.ts";
import { requestStateWords } from "#lib/requests/state.ts";

/** What must be seen before anything else: refused decisions, changed content, a pause, no news. `RequestNotes()`. */
export function RequestNotes() {
  const { page, trouble, refusal, setRefusal, shownVersion } = useLiveRequest();
  const { request } = page;
  const [knownVersion, setKnownVersion] = useState(shownVersion);
  return (
    <>
      <p role="status" className="sr-only">
        {progressWords(request)}
      </p>
      <div className="stack gap-2 not-empty:pb-4">
        {refusal ? (
          <Note tone="bad" live actions={<Button onClick={() => setRefusal(null)}>Close</Button>}>
            {refusal} The page now shows the newest state.
          </Note>
        ) : null}
        {shownVersion !== knownVersion && !refusal ? (
          <Note live actions={<Button onClick={() => setKnownVersion(shownVersion)}>Close</Button>}>
            This request changed while you were looking: it is now at version {shownVersion}. Approvals of
            version {knownVersion} no longer count.
          </Note>
        ) : null}
        {trouble ? (
          <Note tone="warn" live title="Not up to date.">
            {trouble}
          </Note>
        ) : null}
        <Standstill />
      </div>
    </>
  );
}

const unfinished = new Set<RequestView["state"]>([
  "submitted",
  "sent_back",
  "approved",
  "provisioning",
  "failed",
]);

function Standstill() {
  const { request, paused, environment_configured, unapprovable } = useLiveRequest().page;
  if (!unfinished.has(request.state)) return null;
  if (!environment_configured) {
    return (
      <Note tone="warn" title={`The environment ${request.environment} is no longer in the configuration.`}>
        Nothing of this request runs until the platform team puts it back.
      </Note>
    );
  }
  if (unapprovable) return <Note tone="warn">{unapprovable}</Note>;
  if (!paused) return null;
  return (
    <Note tone="warn" title={`The environment ${request.environment} is paused.`}>
      Nothing runs there until the platform team resumes it; the request waits and loses nothing.
    </Note>
  );
}

/** The state of a request and its tables in a sentence, for those who hear the page. */
function progressWords({ state, tables }: RequestView): string {
  const ready = tables.filter((table) => table.state === "active").length;
  const gone = tables.filter((table) => table.state === "deleted").length;
  const failed = tables.filter((table) => table.state === "failed").length;
  const parts = [`${requestStateWords[state]}.`];
  if (ready > 0) parts.push(`${ready} of ${tables.length} tables ready.`);
  if (gone > 0) parts.push(`${gone} of ${tables.length} tables deleted.`);
  if (failed > 0) parts.push(`${failed} failed.`);
  return parts.join(" ");
}

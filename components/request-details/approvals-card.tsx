"use client";

import { CircleCheck, Clock } from "lucide-react";
import {
  countWords,
  deadEndWords,
  type EntryPlace,
  entryPlaces,
  loneMemberWarning,
  whoNextWords,
} from "#components/request-details/approval-words.ts";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import type { ApprovalEntryView } from "#components/request-details/request-page.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";

const tones: Record<EntryPlace, Tone> = { met: "ok", turn: "wait", later: "neutral" };

/** Whose approval is needed, whose is there, and who can give the next. `ApprovalsCard({ rule })`. */
export function ApprovalsCard({ rule }: { rule: string | null }) {
  const { page, me } = useLiveRequest();
  const { approvals, may, request } = page;
  const waiting = request.state === "submitted";
  const places = entryPlaces(approvals);
  const warning = waiting && may.approve.allowed ? loneMemberWarning(approvals, me) : null;
  const deadEnd = waiting ? deadEndWords(approvals) : null;
  return (
    <Card>
      <CardHeader
        title="Approvals"
        aside={
          rule ? (
            <>
              rule <code>{rule}</code>
            </>
          ) : null
        }
      />
      <CardBody className="grid gap-2">
        {approvals.length === 0 ? <p>This rule asks for nobody's approval.</p> : null}
        <ul aria-label="Approvals" className="grid gap-2">
          {approvals.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule may ask one group twice, and the order is fixed
            <ApprovalEntry key={index} entry={entry} place={places[index]!} me={me} waiting={waiting} />
          ))}
        </ul>
        {warning ? <Note tone="warn">{warning}</Note> : null}
        {deadEnd ? <Note tone="warn">{deadEnd}</Note> : null}
        {page.pin ? (
          <p className="text-ink-2 text-sm">
            An approval is for exactly what is shown: pin{" "}
            <code title={page.pin}>{page.pin.slice(0, 12)}</code>
          </p>
        ) : null}
        {waiting ? (
          <p className="text-ink-2 text-sm">
            {approvals.some((entry) => entry.given > 0) ? "An edit withdraws what was given. " : null}
            {may.approve.allowed ? null : `${may.approve.reason}.`}
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}

type ApprovalEntryProps = { entry: ApprovalEntryView; place: EntryPlace; me: string; waiting: boolean };

function ApprovalEntry({ entry, place, me, waiting }: ApprovalEntryProps) {
  return (
    <li className="cluster">
      <Badge tone={tones[place]} icon={place === "met" ? CircleCheck : Clock}>
        {countWords(entry, place)}
      </Badge>
      <span>{entry.group}</span>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-x-1.5 text-ink-2 text-sm">
        {entry.people.map((person) => (
          <span key={person} className="inline-flex items-center gap-1.5">
            <Avatar name={person} />
            <span>{person}</span>
          </span>
        ))}
        {waiting && place !== "met" ? (
          <span>
            {entry.people.length > 0 ? "· " : null}
            {whoNextWords(entry, place, me)}
          </span>
        ) : null}
      </span>
    </li>
  );
}

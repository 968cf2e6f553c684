"use client";

import { CommentForm } from "#components/request-details/comment-form.tsx";
import { useLiveRequest } from "#components/request-details/live-request.tsx";
import { Timeline } from "#components/request-timeline/timeline.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";

/** What happened and what people wrote, and a place to answer. `Conversation()`. */
export function Conversation() {
  const { request, may } = useLiveRequest().page;
  return (
    <Card>
      <CardHeader title="Conversation" />
      <CardBody className="grid gap-3.5">
        <Timeline label="What happened" events={request.events} />
        {may.comment.allowed ? <CommentForm /> : <p className="text-ink-2 text-sm">{may.comment.reason}.</p>}
      </CardBody>
    </Card>
  );
}

"use client";

import { errorReference } from "#components/shell/error-reference.ts";
import { Problem } from "#components/shell/problem-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export default function PortalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Problem
      title="This page could not be shown"
      reference={errorReference(error)}
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          <LinkButton href="/">Go home</LinkButton>
        </>
      }
    >
      Something failed on our side. Nothing you submitted is lost: requests and approvals are stored the
      moment they are accepted. If it keeps happening, give the platform team the reference below.
    </Problem>
  );
}

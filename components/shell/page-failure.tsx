import { errorReference } from "#components/shell/error-reference.ts";
import { Problem } from "#components/shell/problem-page.tsx";
import { buttonClass } from "#components/ui/button-class.ts";

/** What Next gives an error boundary. */
export type BoundaryProps = { error: unknown; retry: () => void };

/**
 * What stands where a page failed. `PageFailure({ error, retry })`. Every page loads it in advance, so it is made of
 * plain elements: our buttons and links would bring icons and the router's link along.
 */
export function PageFailure({ error, retry }: BoundaryProps) {
  const reference = errorReference(error);
  return (
    <Problem
      title="This page could not be shown"
      reference={reference}
      actions={
        <>
          <button type="button" className={buttonClass("primary")} onClick={() => retry()}>
            Try again
          </button>
          <a href="/" className={buttonClass()}>
            Go home
          </a>
        </>
      }
    >
      Something failed on our side. Nothing you submitted is lost: requests and approvals are stored the
      moment they are accepted, and workers go on regardless. If it keeps happening, tell the platform team
      {reference ? " the reference below" : " what you did"}.
    </Problem>
  );
}

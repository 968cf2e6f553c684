import { Problem } from "#components/shell/problem-page.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** What stands at an address that leads nowhere, or to what the reader may not see. `NothingHere()`. */
export function NothingHere() {
  return (
    <Problem
      title="There is nothing here for you"
      actions={
        <LinkButton href="/" variant="primary">
          Go home
        </LinkButton>
      }
    >
      The address may be mistyped, the thing may be gone, or it belongs to a project you are not a member of.
      If somebody sent you the link, ask them which project it is in.
    </Problem>
  );
}

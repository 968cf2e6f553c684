import type { Metadata } from "next";
import { Problem } from "#components/shell/problem-page.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function PortalNotFound() {
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

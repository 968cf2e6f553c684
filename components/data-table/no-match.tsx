import { SearchX } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Search or filters left nothing of the list at `path`; `searched` says in words what the search looks at. */
export function NoMatch({ title, path, searched }: { title: string; path: string; searched: string }) {
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      action={<LinkButton href={path}>Clear search and filters</LinkButton>}
    >
      Search looks at {searched}.
    </EmptyState>
  );
}

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";

type EmptyStateProps = { icon?: LucideIcon; title: string; children?: ReactNode; action?: ReactNode };

/** Nothing here yet, and what to do next. `EmptyState({ icon, title, children, action })`. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1.5 px-4 py-9 text-center">
      {icon ? <Icon icon={icon} className="mb-1 size-6 text-ink-3" /> : null}
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-md text-ink-2">{children}</div> : null}
      {action ? <div className="cluster justify-center pt-2">{action}</div> : null}
    </div>
  );
}

"use client";

import { LoaderCircle } from "lucide-react";
import { useFormStatus } from "react-dom";
import { Avatar } from "#components/ui/avatar.tsx";
import { Icon } from "#components/ui/icon.tsx";

type PersonButtonProps = { email: string; name: string; role: string; groups: readonly string[] };

/** The card of one person as the submit button of its form. `PersonButton({ email, name, role, groups })`. */
export function PersonButton({ email, name, role, groups }: PersonButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      disabled={pending}
      className="flex cursor-pointer items-start gap-3 rounded-lg border border-line-strong bg-card px-3.5 py-3 text-left shadow-card hover:border-accent hover:bg-accent-soft disabled:cursor-progress"
    >
      <Avatar name={name} />
      <span className="grid min-w-0 grow">
        <span className="font-semibold">{name}</span>
        <span>{role}</span>
        <span className="text-ink-2 text-sm [overflow-wrap:anywhere]">{email}</span>
        {groups.length > 0 ? <span className="text-ink-2 text-sm">Groups: {groups.join(", ")}</span> : null}
      </span>
      {pending ? <Icon icon={LoaderCircle} className="motion-safe:animate-spin" /> : null}
    </button>
  );
}

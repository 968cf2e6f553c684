import { CircleCheck, CircleX, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

export type NoteTone = "warn" | "bad" | "ok" | "info";

const tones: Record<NoteTone, { icon: LucideIcon; word: string; edge: string; ink: string }> = {
  warn: { icon: TriangleAlert, word: "Warning", edge: "border-l-wait", ink: "text-wait" },
  bad: { icon: CircleX, word: "Problem", edge: "border-l-bad", ink: "text-bad" },
  ok: { icon: CircleCheck, word: "Done", edge: "border-l-ok", ink: "text-ok" },
  info: { icon: Info, word: "Note", edge: "border-l-info", ink: "text-info" },
};

type NoteProps = {
  tone?: NoteTone;
  title?: ReactNode;
  /** Appeared after the page did: read out at once when bad, politely else. */
  live?: boolean;
  actions?: ReactNode;
  children?: ReactNode;
};

/** A remark that must be seen. `Note({ tone: warn | bad | ok | info, title, live, actions, children })`. */
export function Note({ tone = "info", title, live, actions, children }: NoteProps) {
  const { icon, word, edge, ink } = tones[tone];
  return (
    <div
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className={classNames(
        "flex gap-2.5 rounded-md border border-line border-l-[3px] bg-card px-3 py-2.5",
        edge,
      )}
    >
      <Icon icon={icon} className={classNames("mt-[3px]", ink)} />
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <span className="sr-only">{word}: </span>
        {title ? <b>{title} </b> : null}
        {children}
        {actions ? <div className="cluster pt-2">{actions}</div> : null}
      </div>
    </div>
  );
}

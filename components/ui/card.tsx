import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type CardProps = {
  /** Names the section for screen readers when it has no header. */
  label?: string;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** A surface. `Card({ label, id, className, children })`; put `CardHeader` first and `CardBody` (padding) or a table after it. */
export function Card({ label, id, className, children }: CardProps) {
  return (
    <section
      id={id}
      aria-label={label}
      className={classNames(
        "min-w-0 rounded-lg border border-line bg-card shadow-card *:first:rounded-t-[7px] *:last:rounded-b-[7px]",
        className,
      )}
    >
      {children}
    </section>
  );
}

type CardHeaderProps = {
  title: ReactNode;
  /** Parts right after the title: badges. */
  badges?: ReactNode;
  /** Parts at the far end: a fact or a quiet button. */
  aside?: ReactNode;
  /** A name or an ARN: monospaced. */
  mono?: boolean;
};

/** The head of a card. `CardHeader({ title, badges, aside, mono })`. */
export function CardHeader({ title, badges, aside, mono }: CardHeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3.5 py-2.5">
      <h2 className={classNames("min-w-0 [overflow-wrap:anywhere]", mono && "font-mono text-[0.8125rem]")}>
        {title}
      </h2>
      {badges}
      {aside ? <div className="ml-auto text-ink-2 text-sm">{aside}</div> : null}
    </header>
  );
}

/** The padding of a card's content. `CardBody({ className, children })`. */
export function CardBody({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={classNames("px-3.5 py-3", className)}>{children}</div>;
}

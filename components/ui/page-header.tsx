import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type Crumb = { href: string; label: string };

type BreadcrumbsProps = { trail: readonly Crumb[]; current: string };

/** Where this page stands. `Breadcrumbs({ trail: { href, label }[], current })`. */
export function Breadcrumbs({ trail, current }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumb" className="pb-2.5 text-ink-2 text-sm">
      <ol className="flex flex-wrap gap-x-1.5">
        {trail.map((crumb) => (
          <Fragment key={crumb.href}>
            <li>
              <Link href={crumb.href} prefetch={false} className="hover:underline">
                {crumb.label}
              </Link>
            </li>
            <li aria-hidden="true">/</li>
          </Fragment>
        ))}
        <li aria-current="page" className="min-w-0 [overflow-wrap:anywhere]">
          {current}
        </li>
      </ol>
    </nav>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  /** The title is a name: monospaced. */
  mono?: boolean;
  /** Right after the title: state, environment. */
  badges?: ReactNode;
  sub?: ReactNode;
  /** At the far end; one primary button at most, last. */
  actions?: ReactNode;
  trail?: readonly Crumb[];
  /** The last crumb, when it is not the title. */
  current?: string;
};

/** The head of a page. `PageHeader({ title, mono, badges, sub, actions, trail, current })`. */
export function PageHeader({ title, mono, badges, sub, actions, trail, current }: PageHeaderProps) {
  const last = current ?? (typeof title === "string" ? title : null);
  return (
    <>
      {trail && last ? <Breadcrumbs trail={trail} current={last} /> : null}
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2.5 pb-3.5">
        <div className="min-w-0 grow basis-64">
          <div className="cluster">
            <h1 className={classNames("min-w-0 [overflow-wrap:anywhere]", mono && "font-mono text-lg")}>
              {title}
            </h1>
            {badges}
          </div>
          {sub ? <div className="cluster gap-1.5 pt-0.5 text-ink-2">{sub}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-start gap-2.5">{actions}</div> : null}
      </div>
    </>
  );
}

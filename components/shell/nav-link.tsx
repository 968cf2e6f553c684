"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = { href: string; icon: ReactNode; label: string; count?: number; countLabel?: string };

/** One entry of the navigation; knows whether the reader stands in it. `NavLink({ href, icon, label, count, countLabel })`. */
export function NavLink({ href, icon, label, count, countLabel }: NavLinkProps) {
  const pathname = usePathname();
  const current = href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className="-outline-offset-2 flex shrink-0 items-center gap-2 rounded-md px-2 py-1.5 max-sm:gap-1.5 text-ink-2 hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:font-strong aria-[current]:text-accent"
    >
      <span className="max-sm:hidden">{icon}</span>
      {label}
      {count ? (
        <span className="ml-auto rounded-full bg-sunken px-[7px] font-normal text-ink-2 text-xs leading-[1.45]">
          {count}
          <span className="sr-only"> {countLabel}</span>
        </span>
      ) : null}
    </Link>
  );
}

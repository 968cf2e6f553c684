"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = { href: string; icon: ReactNode; label: string; aside?: ReactNode };

/** One entry of the navigation; knows whether the reader stands in it. `NavLink({ href, icon, label, aside })`. */
export function NavLink({ href, icon, label, aside }: NavLinkProps) {
  const pathname = usePathname();
  const current = href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? "page" : undefined}
      className="-outline-offset-2 flex shrink-0 items-center gap-2 rounded-md px-2 py-1.5 max-sm:gap-1.5 max-sm:px-1.5 text-ink-2 hover:bg-sunken aria-[current]:bg-accent-soft aria-[current]:font-strong aria-[current]:text-accent"
    >
      <span className="max-sm:hidden">{icon}</span>
      {label}
      {aside}
    </Link>
  );
}

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type LinkButtonProps = {
  href: string;
  variant?: ButtonVariant;
  icon?: LucideIcon;
  /** The answer is a file to keep, under this name. */
  download?: string;
  className?: string;
  children: ReactNode;
};

/** A link that looks like a button. `LinkButton({ href, variant, icon, download, className, children })`. */
export function LinkButton({ href, variant, icon, download, className, children }: LinkButtonProps) {
  const classes = classNames(buttonClass(variant), className);
  const content = (
    <>
      {icon ? <Icon icon={icon} /> : null}
      {children}
    </>
  );
  if (download !== undefined) {
    return (
      <a href={href} download={download} className={classes}>
        {content}
      </a>
    );
  }
  return (
    <Link href={href} prefetch={false} className={classes}>
      {content}
    </Link>
  );
}

import { ChevronsUpDown, KeyRound, LogOut } from "lucide-react";
import Link from "next/link";
import type { Theme } from "#components/shell/theme.ts";
import { ThemeSwitch } from "#components/shell/theme-switch.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { Icon } from "#components/ui/icon.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

export type ShellUser = { name: string; email: string; groups: readonly string[] };

type AccountMenuProps = { user: ShellUser; theme: Theme; signOutAction: () => Promise<void> };

/** Who is signed in, the theme, and the way out; opens by the browser's popover. `AccountMenu({ user, theme, signOutAction })`. */
export function AccountMenu({ user, theme, signOutAction }: AccountMenuProps) {
  return (
    <div className="min-w-0 grow">
      <button
        type="button"
        popoverTarget="account-menu"
        className="flex w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-sunken"
      >
        <Avatar name={user.name} />
        <span className="min-w-0 grow max-sm:sr-only">
          <span className="sr-only">Account of </span>
          <span className="block truncate font-medium leading-tight">{user.name}</span>
          <span className="hidden truncate text-ink-2 text-xs wide:block">{user.email}</span>
        </span>
        <Icon icon={ChevronsUpDown} className="text-ink-3" />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed inset-auto top-12 right-2 m-0 w-64 rounded-lg border border-line bg-card p-3.5 text-ink shadow-float wide:top-auto wide:right-auto wide:bottom-16 wide:left-2.5"
      >
        <div className="stack gap-3.5">
          <div className="min-w-0">
            <p className="font-semibold">{user.name}</p>
            <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{user.email}</p>
            <p className="pt-1 text-ink-2 text-sm">
              {user.groups.length > 0 ? `Groups: ${user.groups.join(", ")}` : "In no group"}
            </p>
          </div>
          <Link href="/profile" prefetch={false} className={buttonClass()}>
            <Icon icon={KeyRound} />
            Profile, sessions and tokens
          </Link>
          <ThemeSwitch theme={theme} />
          <form action={signOutAction}>
            <SubmitButton variant="default" className="w-full">
              <Icon icon={LogOut} />
              Sign out
            </SubmitButton>
          </form>
        </div>
      </div>
    </div>
  );
}

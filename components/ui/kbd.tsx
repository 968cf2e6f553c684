/** A key of the keyboard. `Kbd({ children })`. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="rounded-sm border border-line-strong border-b-2 px-1 text-2xs text-ink-2">{children}</kbd>
  );
}

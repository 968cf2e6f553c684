import Link from "next/link";

type TabsProps = { label: string; items: readonly { href: string; label: string; current: boolean }[] };

/** Tabs that live in the URL, as links. `Tabs({ label, items: { href, label, current }[] })`. */
export function Tabs({ label, items }: TabsProps) {
  return (
    <nav aria-label={label} className="flex gap-0.5 overflow-x-auto border-line border-b px-2">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          prefetch={false}
          scroll={false}
          aria-current={item.current ? "page" : undefined}
          className="-outline-offset-2 whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-strong aria-[current]:text-ink"
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}

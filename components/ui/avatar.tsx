import { initials } from "#components/ui/initials.ts";

/** A person's initials in a circle; decoration, so put the name beside it. `Avatar({ name })`. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-[0.65rem] text-accent"
    >
      {initials(name)}
    </span>
  );
}

"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { listHref } from "#components/data-table/list-href.ts";

type FilterFormProps = { path: string; label: string; children: ReactNode };

/**
 * Filters of a list as a GET form, so that they live in the URL and work without JavaScript; with it a choice takes
 * effect at once and empty filters stay out of the URL. `FilterForm({ path, label, children })`.
 */
export function FilterForm({ path, label, children }: FilterFormProps) {
  const router = useRouter();
  const searchParams = useSearchParams();
  const ref = useRef<HTMLFormElement>(null);
  // "Clear filters" and the back button change the address alone; the fields, which keep their focus, follow it.
  useEffect(() => {
    for (const field of ref.current?.elements ?? []) {
      if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
      const value = searchParams.get(field.name) ?? "";
      if (field.value !== value) field.value = value;
      // An address may name what is no choice: then the filter has no effect, and says so.
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = "";
    }
  }, [searchParams]);
  const go = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    router.push(listHref(path, Object.fromEntries(fields)), { scroll: false });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    go(event.currentTarget);
  };
  return (
    <search>
      <form
        ref={ref}
        action={path}
        method="get"
        aria-label={label}
        className="cluster"
        onSubmit={submit}
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) go(event.currentTarget);
        }}
      >
        {children}
        <noscript>
          <button type="submit" className="rounded-md border border-line-strong px-3 py-1">
            Filter
          </button>
        </noscript>
      </form>
    </search>
  );
}

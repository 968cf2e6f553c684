"use client";

import { useRouter } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import { listHref } from "#components/data-table/list-href.ts";

type FilterFormProps = { path: string; label: string; children: ReactNode };

/**
 * Filters of a list as a GET form, so that they live in the URL and work without JavaScript; with it a choice takes
 * effect at once and empty filters stay out of the URL. `FilterForm({ path, label, children })`.
 */
export function FilterForm({ path, label, children }: FilterFormProps) {
  const router = useRouter();
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

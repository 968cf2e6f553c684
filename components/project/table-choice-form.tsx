"use client";

import Form from "next/form";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/**
 * The form that chooses tables: what is ticked lives in the address. With JavaScript a tick takes effect at once, so that
 * no code is copied that lacks a table just ticked. `TableChoiceForm({ path, children })`.
 */
export function TableChoiceForm({ path, children }: { path: string; children: ReactNode }) {
  const address = useSearchParams().toString();
  const shown = useRef<string | null>(null);
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const form = ref.current!;
    const boxes = [...form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    // "All", "None" and the other choices of the page change the address alone; the boxes, which keep their focus, follow.
    // `form.reset()` would not do: React takes no notice of it, and would miss the next tick.
    if (shown.current !== null) for (const box of boxes) box.checked = box.defaultChecked;
    // What was ticked before the page was alive counts, too.
    else if (boxes.some(({ checked, defaultChecked }) => checked !== defaultChecked)) form.requestSubmit();
    shown.current = address;
  }, [address]);
  return (
    <Form
      ref={ref}
      action={path}
      prefetch={false}
      scroll={false}
      replace
      aria-label="Choose tables"
      onChange={({ currentTarget }) => currentTarget.requestSubmit()}
    >
      {children}
    </Form>
  );
}

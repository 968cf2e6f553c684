"use client";

import { CircleAlert, Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { shownKey, type TableForm } from "./form-values.ts";

type TableTabsProps = {
  tables: readonly TableForm[];
  at: number;
  /** The tables that show a fault. */
  faulty: ReadonlySet<string | null>;
  onSelect: (at: number) => void;
  onAdd: () => void;
};

/** Which of the request's tables the step shows. */
export function TableTabs({ tables, at, faulty, onSelect, onAdd }: TableTabsProps) {
  return (
    <div className="flex min-w-0 grow flex-wrap items-center gap-2">
      {tables.length > 1 ? (
        <div
          role="radiogroup"
          aria-label="Table"
          className="inline-flex min-w-0 max-w-full overflow-x-auto rounded-md border border-line-strong bg-card"
        >
          {tables.map((table, place) => (
            <label
              key={table.uid}
              className="relative flex cursor-pointer items-center gap-1 whitespace-nowrap border-line px-2.5 py-1 text-ink-2 not-last:border-r hover:bg-sunken has-checked:bg-accent-soft has-checked:font-strong has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2"
            >
              <input
                type="radio"
                name="shown-table"
                checked={place === at}
                onChange={() => onSelect(place)}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              {shownKey(table, place)}
              {faulty.has(table.uid) ? (
                <>
                  <Icon icon={CircleAlert} className="text-bad" />
                  <span className="sr-only">, something to correct</span>
                </>
              ) : null}
            </label>
          ))}
        </div>
      ) : null}
      <Button variant="quiet" icon={Plus} onClick={onAdd}>
        Add a table
      </Button>
    </div>
  );
}

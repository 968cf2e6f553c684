"use client";

import { useMemo, useState } from "react";
import { type UseFieldArrayReturn, type UseFormReturn, useWatch } from "react-hook-form";
import { duplicateOf, type FormValues, type TableForm, tableForm } from "./form-values.ts";
import type { Nav } from "./use-steps.ts";

export type TableList = UseFieldArrayReturn<FormValues, "tables", "rowId">;

/**
 * What the form holds now. The list of tables changes one render before what is watched of it does; a row shown at
 * its old place in between would put its text into its neighbour's field, so the places are the list's.
 */
export function useValues(form: UseFormReturn<FormValues>, rows: TableList["fields"]): FormValues {
  const watched = useWatch({ control: form.control }) as FormValues;
  return useMemo(
    () => ({
      ...watched,
      tables: rows.map(
        ({ rowId: _, ...row }) => watched.tables.find((table) => table.uid === row.uid) ?? row,
      ),
    }),
    [watched, rows],
  );
}

/** The tables of the request: which one is shown, and adding, copying, removing and bringing back. */
export function useTables(form: UseFormReturn<FormValues>, list: TableList, nav: Nav) {
  const { fields, append, insert, remove } = list;
  const [selected, select] = useState(0);
  const [removed, setRemoved] = useState<{ table: TableForm; place: number } | null>(null);
  const at = Math.min(selected, fields.length - 1);
  const put = (place: number, table: TableForm) => {
    if (place >= fields.length) append(table, { shouldFocus: false });
    else insert(place, table, { shouldFocus: false });
    setRemoved(null);
    select(place);
  };
  return {
    at,
    select,
    removed,
    add: () => {
      put(fields.length, tableForm(""));
      nav.go(0, `tables.${fields.length}.key`);
    },
    duplicate: (place: number) => {
      const tables = form.getValues("tables");
      put(place + 1, duplicateOf(tables[place]!, tables));
      nav.go(0, `tables.${place + 1}.key`);
    },
    remove: (place: number) => {
      setRemoved({ table: structuredClone(form.getValues(`tables.${place}`)), place });
      remove(place);
      if (place < at) select(at - 1);
      // The button that had the focus is gone.
      nav.go(0);
    },
    restore: () => removed && put(removed.place, removed.table),
  };
}

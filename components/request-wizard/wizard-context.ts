"use client";

import { createContext, useContext } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { FormValues, TableForm } from "./form-values.ts";
import type { Naming } from "./validate.ts";

/** What the wizard offers this person. */
export type WizardOptions = {
  projects: string[];
  /** `priced`: there is a price list of the Region, for an estimate of cost. */
  environments: { name: string; account: string; region: string; paused: boolean; priced: boolean }[];
  naming: Naming;
};

/** A submitted request that is being edited; the names of its own tables are not taken. */
export type EditedRequest = { id: string; number: number; version: number; keys: string[] };

/** Whether a table's name is free in Tablewright, as far as it is known yet. */
export type NameState =
  | { status: "none" | "checking" | "free" | "unknown" }
  | { status: "refused"; problem: string };

export type ComposedName = { name: string; state: NameState };

export type Wizard = {
  form: UseFormReturn<FormValues>;
  /** What the form holds now. */
  values: FormValues;
  options: WizardOptions;
  edited: EditedRequest | null;
  nameOf: (table: TableForm) => ComposedName;
  /** The message that stands beside a field, by its name in react-hook-form. */
  messageOf: (name: string) => string | undefined;
  /** What the last preview found. */
  findings: readonly Finding[];
};

const WizardContext = createContext<Wizard | null>(null);
export const WizardProvider = WizardContext.Provider;

/** The wizard that the component stands in. */
export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (!wizard) throw new Error("useWizard needs a WizardProvider around it");
  return wizard;
}

/** The table that the fields around are about, and its place in the request. */
export type TableAt = { table: TableForm; at: number };
const TableContext = createContext<TableAt | null>(null);
export const TableProvider = TableContext.Provider;

/** The table that the component is about. */
export function useTable(): TableAt {
  const table = useContext(TableContext);
  if (!table) throw new Error("useTable needs a TableProvider around it");
  return table;
}

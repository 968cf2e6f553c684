"use client";

import { useQueries } from "@tanstack/react-query";
import { fetchJson } from "#lib/client/fetch-json.ts";
import { useSettled } from "#lib/client/use-settled.ts";
import { composeTableName } from "#lib/table-spec/naming.ts";
import type { FormValues, TableForm } from "./form-values.ts";
import type { EditedRequest, NameState } from "./wizard-context.ts";

type NameAnswer = { name: string; free: boolean; problem: string | null };

const quietMilliseconds = 300;

/**
 * Composes the name of each table and asks, once typing pauses, whether it is free in Tablewright. A key that
 * stands twice in the request is not asked for: that clash is the form's own.
 */
export function useNameCheck(values: FormValues, pattern: string, edited: EditedRequest | null) {
  const { project, environment, tables } = values;
  const settled = useSettled(
    JSON.stringify([project, environment, tables.map(({ key }) => key)]),
    quietMilliseconds,
  );
  const [settledProject, settledEnvironment, settledKeys] = JSON.parse(settled) as [string, string, string[]];
  const keys = [...new Set(settledKeys.filter((key) => key !== ""))];

  const answers = useQueries({
    queries: keys.map((key) => ({
      queryKey: ["name", settledProject, settledEnvironment, key],
      enabled: settledProject !== "" && settledEnvironment !== "",
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const query = new URLSearchParams({ project: settledProject, environment: settledEnvironment, key });
        if (edited) query.set("request", edited.id);
        return fetchJson<NameAnswer>(`/api/names?${query}`, { signal });
      },
    })),
    combine: (results) => new Map(results.map((result, place) => [keys[place]!, result])),
  });

  return (table: TableForm): { name: string; state: NameState } => {
    const { key } = table;
    const name = composeTableName(pattern, {
      project: project || "…",
      environment: environment || "…",
      key: key || "…",
    });
    if (!project || !environment || !key) return { name, state: { status: "none" } };
    if (project !== settledProject || environment !== settledEnvironment)
      return { name, state: { status: "checking" } };
    const answer = answers.get(key);
    if (answer?.isError) return { name, state: { status: "unknown" } };
    if (!answer?.data) return { name, state: { status: "checking" } };
    const { free, problem } = answer.data;
    return {
      name,
      state: free ? { status: "free" } : { status: "refused", problem: problem ?? "The name is taken" },
    };
  };
}

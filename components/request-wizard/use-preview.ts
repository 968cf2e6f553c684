"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { fetchJson } from "#lib/client/fetch-json.ts";
import { isLimit } from "#lib/client/pauses.ts";
import { useSettled } from "#lib/client/use-settled.ts";
import type { Requirement } from "#lib/requests/schema.ts";
import type { Cost } from "#lib/table-spec/cost.ts";
import type { Finding } from "#lib/table-spec/findings.ts";
import type { Fault } from "./faults.ts";
import type { FormValues } from "./form-values.ts";
import { soundPart } from "./sound-part.ts";
import { toBody } from "./to-body.ts";
import type { EditedRequest } from "./wizard-context.ts";

export type PlannedStep = { call: string; input: unknown; summary: string };
export type PreviewTable = {
  key: string;
  name: string;
  findings: Finding[];
  plan: PlannedStep[];
  cost: Cost | null;
};
export type Preview = {
  tables: PreviewTable[];
  approvals: Requirement[];
  notifies: { group: string; people: string[]; people_count: number; channels: string[] } | null;
};

const quietMilliseconds = 700;

/**
 * The server's preview of the form's tables without a fault, asked for once typing pauses. `live` holds when the answer
 * is of these tables as they stand, `current` when they are all there is and nothing of the form is unfinished, `coming`
 * while it is of how they stood a moment ago and the next is on its way.
 */
export function usePreview(
  values: FormValues,
  faults: readonly Fault[] | null,
  edited: EditedRequest | null,
) {
  const text = faults && previewText(values, faults);
  const settled = useSettled(text, quietMilliseconds);
  const query = useQuery({
    queryKey: ["preview", settled],
    enabled: settled !== null,
    staleTime: 5_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => fetchJson<Preview>("/api/preview", { body: JSON.parse(settled!), signal }),
  });
  const preview = useMemo(() => withoutOwnNames(query.data, edited), [query.data, edited]);
  const asked = text !== null && settled === text;
  const answered = asked && !query.isPending && !query.isPlaceholderData;
  const live = answered && !query.isError;
  const coming = text !== null && !answered;
  const current = answered && faults?.length === 0;
  // Shown already while it is being waited for: this may be most of a minute.
  const limited = asked && isLimit(query.failureReason) ? query.failureReason : null;
  const error = limited ?? (current ? query.error : null);
  return { preview, live, coming, current, error, again: query.refetch };
}

function previewText(values: FormValues, faults: readonly Fault[]): string | null {
  const sound = soundPart(values, faults);
  if (!sound) return null;
  const { justification: _, ...body } = toBody(sound);
  return JSON.stringify(body);
}

/** The names that the edited request holds itself read as taken; for it they are not. */
function withoutOwnNames(preview: Preview | undefined, edited: EditedRequest | null): Preview | undefined {
  if (!preview || !edited) return preview;
  const foreign = (table: PreviewTable) => (finding: Finding) =>
    finding.id !== "name-taken" || !edited.keys.includes(table.key);
  return {
    ...preview,
    tables: preview.tables.map((table) => ({ ...table, findings: table.findings.filter(foreign(table)) })),
  };
}

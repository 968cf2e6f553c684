"use client";

import { useRef, useState } from "react";
import { Note } from "#components/ui/note.tsx";
import { FoundTables } from "./found-tables.tsx";
import { LeftOut } from "./left-out.tsx";
import { SourceCard } from "./source-card.tsx";
import { Understood } from "./understood.tsx";
import { useImport } from "./use-import.ts";

/** Where the request will go, as far as it is known; "" is chosen in the wizard. */
type TerraformImportProps = { project: string; environment: string };

/** Reads HCL, shows what was found in it, and opens that in the wizard. `TerraformImport({ project, environment })`. */
export function TerraformImport({ project, environment }: TerraformImportProps) {
  const { found, problem, pending, read, open, refuse } = useImport({ project, environment });
  const [changed, setChanged] = useState(false);
  const resultRef = useRef<HTMLDivElement>(null);
  const readText = async (hcl: string): Promise<string | null> => {
    const refused = await read(hcl);
    if (refused) return "beside" in refused ? (refused.beside[0] ?? null) : null;
    setChanged(false);
    requestAnimationFrame(() => {
      resultRef.current?.focus({ preventScroll: true });
      resultRef.current?.scrollIntoView({ block: "nearest" });
    });
    return null;
  };
  return (
    <div className="split">
      <SourceCard
        problems={problem && "beside" in problem ? problem.beside : []}
        reading={pending === "read"}
        first={!found || changed}
        onChange={() => setChanged(true)}
        onRead={readText}
        onRefuse={refuse}
      />
      <div className="stack">
        {problem && "message" in problem ? (
          <Note tone="bad" live>
            {problem.message}
          </Note>
        ) : null}
        {found ? (
          <section ref={resultRef} tabIndex={-1} aria-label="What was found" className="stack outline-none">
            {Object.keys(found.tables).length === 0 ? (
              <Note tone="warn" title="No table was found.">
                Paste the text that holds its literal values, such as the tfvars file or the map itself.
              </Note>
            ) : (
              <FoundTables
                tables={found.tables}
                changed={changed}
                opening={pending === "open"}
                onOpen={open}
              />
            )}
            <LeftOut warnings={found.warnings} />
          </section>
        ) : (
          <Understood />
        )}
      </div>
    </div>
  );
}

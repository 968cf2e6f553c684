"use client";

import { FileText } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { TextareaField } from "#components/form/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { exampleHcl } from "./example.ts";
import { readFiles } from "./read-files.ts";
import { placeNamedIn, showPlace } from "./show-place.ts";

type SourceCardProps = {
  /** What is wrong with the text. */
  problems: readonly string[];
  reading: boolean;
  /** Reading is what comes next. */
  first: boolean;
  onChange: () => void;
  /** Answers what is wrong with the text; null when nothing is known to be. */
  onRead: (hcl: string) => Promise<string | null>;
  onRefuse: (why: string) => void;
};

/** The HCL: typed, pasted, chosen as files or dropped. The page never changes it by itself. */
export function SourceCard({ problems, reading, first, onChange, onRead, onRefuse }: SourceCardProps) {
  const textRef = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);

  const add = (hcl: string) => {
    const area = textRef.current!;
    const before = area.value.trim() === "" ? "" : `${area.value.trimEnd()}\n\n`;
    area.value = before + hcl;
    showPlace(area, before.length);
    onChange();
  };
  const addFiles = (files: readonly File[]) =>
    readFiles(files).then(add, (error: unknown) =>
      onRefuse(
        error instanceof RangeError ? error.message : "The files could not be read. Please try again.",
      ),
    );
  const drop = (event: DragEvent) => {
    setOver(false);
    const files = [...event.dataTransfer.files];
    // Text that is dropped goes where text goes.
    if (files.length === 0) return;
    event.preventDefault();
    void addFiles(files);
  };
  const read = async () => {
    const area = textRef.current!;
    const refused = await onRead(area.value);
    if (refused !== null) showPlace(area, placeNamedIn(refused, area.value));
  };

  return (
    <Card className={classNames(over && "outline-2 outline-accent")}>
      <CardHeader title="Your Terraform" />
      <CardBody className="stack">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut; the files can be chosen, too */}
        <div
          className="stack"
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes("Files")) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <TextareaField
            ref={textRef}
            label="HCL"
            hint="Paste it, or drop files here. Files are added below what is there."
            error={
              problems.length > 0
                ? problems.map((one) => (
                    <span key={one} className="block">
                      {one}
                    </span>
                  ))
                : null
            }
            onChange={onChange}
            rows={22}
            wrap="off"
            spellCheck={false}
            autoCapitalize="none"
            autoComplete="off"
            className="font-mono text-[0.8125rem] leading-[1.55] max-wide:h-80"
          />
          <div className="flex flex-wrap items-center gap-2">
            <label
              className={classNames(
                buttonClass(),
                "relative has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
              )}
            >
              <Icon icon={FileText} />
              Choose files
              <input
                type="file"
                multiple
                accept=".tf,.tfvars,.hcl"
                className="absolute inset-0 w-full cursor-pointer opacity-0"
                onChange={async ({ target }) => {
                  await addFiles([...(target.files ?? [])]);
                  // The same file can be chosen again after it was mended.
                  target.value = "";
                }}
              />
            </label>
            <Button variant="quiet" onClick={() => add(exampleHcl)}>
              Try an example
            </Button>
            <Button
              variant={first ? "primary" : "default"}
              onClick={read}
              pending={reading}
              className="ml-auto"
            >
              Read
            </Button>
          </div>
        </div>
        <noscript>
          <p className="text-ink-2 text-sm">
            This needs JavaScript. <code>POST /api/v1/imports/terraform</code> reads the same text.
          </p>
        </noscript>
      </CardBody>
    </Card>
  );
}

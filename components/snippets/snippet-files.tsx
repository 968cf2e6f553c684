import { Download } from "lucide-react";
import { PolicyExplained } from "#components/snippets/policy-explained.tsx";
import { choiceHref, type SnippetAddress, type SnippetChoice } from "#components/snippets/snippet-choice.ts";
import { codeLabel, formatWords, languageOf } from "#components/snippets/snippet-format.ts";
import type { ShownFile } from "#components/snippets/snippet-outcome.ts";
import { CardBody } from "#components/ui/card.tsx";
import { CodeBlock, PlainCode } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** With more files than this colours in those that are closed would make the page heavy. */
const mostColoured = 10;

/** Where files are downloaded from: all of them in a .zip, or one by its name. */
const downloadPath = "/snippets/download";

type SnippetFilesProps = {
  choice: SnippetChoice;
  files: readonly ShownFile[];
  /** Which tables, in the words of the download's address. */
  source: SnippetAddress["keep"];
};

/** Code to read, copy and download: one file, or several of which the first is open. `SnippetFiles({ choice, files, source })`. */
export function SnippetFiles({ choice, files, source }: SnippetFilesProps) {
  const [only] = files;
  if (!only) return null;
  if (files.length === 1) {
    return (
      <>
        <p className="border-line border-t px-3.5 py-2 font-mono text-ink-2 text-sm [overflow-wrap:anywhere]">
          {only.filename}
        </p>
        <FileView file={only} choice={choice} source={source} alone />
      </>
    );
  }
  return (
    <>
      <CardBody className="cluster justify-between border-line border-t">
        <span className="text-ink-2 text-sm">
          {choice.format === "iam-policy"
            ? `${files.length} policies, for one would be too long: attach each`
            : `${files.length} files for one folder`}
        </span>
        <LinkButton
          href={choiceHref({ path: downloadPath, keep: source }, choice)}
          download=""
          icon={Download}
          variant="primary"
        >
          Download all (.zip)
        </LinkButton>
      </CardBody>
      <ul>
        {files.map((file, at) => (
          <li key={file.filename} className="border-line border-t">
            <details open={at === 0}>
              <summary className="cursor-pointer px-3.5 py-2 font-mono text-sm [overflow-wrap:anywhere] hover:bg-sunken">
                {file.filename}
              </summary>
              <FileView
                file={file}
                choice={choice}
                source={source}
                plain={at > 0 && files.length > mostColoured}
              />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

type FileViewProps = {
  file: ShownFile;
  choice: SnippetChoice;
  source: SnippetAddress["keep"];
  /** The only file: what one came for. */
  alone?: boolean;
  plain?: boolean;
};

function FileView({ file, choice, source, alone, plain }: FileViewProps) {
  const { filename, content, statements, size } = file;
  const label = alone ? codeLabel(choice) : filename;
  const code = content.trimEnd();
  const keep = [...source, ["file", filename] as const];
  return (
    <>
      {plain ? (
        <PlainCode code={code} label={label} />
      ) : (
        <CodeBlock code={code} language={languageOf(filename)} label={label} />
      )}
      <CardBody className="cluster">
        <CopyButton
          text={content}
          what={formatWords[choice.format].what}
          variant={alone ? "primary" : "default"}
        />
        <LinkButton
          href={choiceHref({ path: downloadPath, keep }, choice)}
          download={filename}
          icon={Download}
        >
          Download
        </LinkButton>
      </CardBody>
      {statements && size ? <PolicyExplained statements={statements} size={size} /> : null}
    </>
  );
}

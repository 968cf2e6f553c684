import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import bash from "shiki/langs/bash.mjs";
import dotenv from "shiki/langs/dotenv.mjs";
import hcl from "shiki/langs/hcl.mjs";
import json from "shiki/langs/json.mjs";
import typescript from "shiki/langs/typescript.mjs";
import yaml from "shiki/langs/yaml.mjs";

export type CodeLanguage = "json" | "hcl" | "yaml" | "typescript" | "bash" | "dotenv" | "text";

/** One run of a line; `token` is the theme's word for it ("keyword", "string-expression", …), empty for plain text. */
export type CodeToken = { text: string; token: string };

const prefix = "--tok-";
let highlighter: Promise<HighlighterCore> | undefined;

function loadHighlighter(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: "tokens", variablePrefix: prefix })],
    langs: [json, hcl, yaml, typescript, bash, dotenv],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return highlighter;
}

/** Splits code into lines of coloured runs. For servers only: the grammars are large. */
export async function highlight(code: string, language: CodeLanguage): Promise<CodeToken[][]> {
  const { codeToTokensBase } = await loadHighlighter();
  const lines = codeToTokensBase(code, { lang: language, theme: "tokens" });
  return lines.map((line) =>
    line.map((token) => ({
      text: token.content,
      token: /--tok-token-([a-z-]+)/.exec(token.color ?? "")?.[1] ?? "",
    })),
  );
}

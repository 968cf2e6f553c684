const cookie = "tablewright-shortcuts";
const yearSeconds = 31_536_000;

/** Whether single letters act in the queue: so unless they were switched off in this browser (WCAG 2.1.4). */
export function shortcutsOn(): boolean {
  return !document.cookie.split("; ").includes(`${cookie}=off`);
}

/** Keeps the choice in this browser, for a year. */
export function switchShortcuts(on: boolean): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing outside https
  document.cookie = `${cookie}=${on ? "on" : "off"}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`;
}

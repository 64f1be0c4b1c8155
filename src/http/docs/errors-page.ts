import { type ErrorCode, errorCatalog, isErrorCode } from "../../domain/errors/catalog.ts";
import { escapeHtml, htmlPage } from "./html.ts";

const INTRODUCTION =
  "Every refusal is a problem document (RFC 9457). Its `type` leads here, its `code` never changes its meaning, and " +
  "`recovery` says what to do. Codes marked retryable may succeed a little later, unchanged.";

/** All codes in alphabetical order. */
function codes(): readonly ErrorCode[] {
  return Object.keys(errorCatalog).filter(isErrorCode).toSorted();
}

/** The page at /docs/errors, one anchor per code. */
export function errorsPage(): string {
  const sections = codes().map((code) => {
    const { status, title, recovery, retryable } = errorCatalog[code];
    const steps = recovery.map((step) => `<li>${withCode(escapeHtml(step))}</li>`).join("");
    return `<section id="${code}"><h2><a href="#${code}">${code}</a></h2>
<p><strong>${status}</strong> ${escapeHtml(title)}${retryable ? " (retryable)" : ""}</p><ol>${steps}</ol></section>`;
  });
  return htmlPage({
    title: "Errors of the Azure Voice Cloning API",
    head: `<style>body{font:16px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}
h2{font:600 1.1rem ui-monospace,monospace;margin-top:2rem}code{background:#eee;padding:0 .2em}</style>`,
    body: `<h1>Errors</h1><p>${withCode(escapeHtml(INTRODUCTION))}</p>\n${sections.join("\n")}`,
  });
}

/** The same as Markdown, for docs/errors.md. */
export function errorsMarkdown(): string {
  const sections = codes().map((code) => {
    const { status, title, recovery, retryable } = errorCatalog[code];
    const steps = recovery.map((step, index) => `${index + 1}. ${step}`).join("\n");
    return `## ${code}\n\n**${status}** ${title}${retryable ? " (retryable)" : ""}\n\n${steps}\n`;
  });
  return `# Errors\n\n${INTRODUCTION}\n\n${sections.join("\n")}`;
}

/** `` `text` `` → a code element. */
function withCode(html: string): string {
  return html.replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

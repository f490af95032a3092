/**
 * HTML text that nobody can forget to escape: `html` escapes every value that is not HTML already.
 * And the little of Markdown that the descriptions in the documents use.
 */

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | readonly HtmlValue[] | undefined;

export const NOTHING = new Html('');

export function html(texts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let out = texts[0] ?? '';
  for (const [at, value] of values.entries()) out += textOf(value) + (texts[at + 1] ?? '');
  return new Html(out);
}

function textOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return escapeHtml(`${value}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Paragraphs, `code` and **bold**. */
export function markdown(text: string): Html {
  return new Html(
    text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph) => `<p>${inlineMarkdown(paragraph).text}</p>`)
      .join('\n'),
  );
}

export function inlineMarkdown(text: string): Html {
  return new Html(
    escapeHtml(text)
      .replace(/`([^`]+)`/g, '<code>$1</code>')
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>'),
  );
}

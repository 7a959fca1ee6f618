/** How a context is written. Each part ends its line and starts none with white space or a slash, so that counts add up. */
import { printable } from '#base/paint.ts';
import type { CodeSection, ContextFormatName, ContextSection, SignatureSection } from './context-section.ts';

/** What is said of the whole. */
export interface ContextHead {
  /** What was asked. */
  readonly subject: string;
  readonly revision: string;
}

export interface ContextFormat {
  head(head: ContextHead): string;
  code(section: CodeSection): string;
  /** Before the first signature. */
  readonly beforeSignatures: string;
  signature(section: SignatureSection): string;
  readonly afterSignatures: string;
  readonly tail: string;
}

/** `fence`: what a section's first line starts with; longer than any run of `=` at the start of a line of the code. */
function textFormat(fence: string): ContextFormat {
  return {
    head: ({ subject }) => `# ${oneLine(subject)}\n`,
    code: (section) =>
      `${fence} ${oneLine(section.path)}:${section.line}-${section.endLine} ${oneLine(section.name)} (${labelOf(section)})\n${printable(section.text)}\n`,
    beforeSignatures: `${fence} signatures\n`,
    signature: (section) => `${signatureLine(section)}\n`,
    afterSignatures: '',
    tail: '',
  };
}

const xmlFormat: ContextFormat = {
  head: ({ subject, revision }) => `<context subject="${attribute(subject)}" revision="${attribute(revision)}">\n`,
  code: (section) =>
    `<code path="${attribute(section.path)}" lines="${section.line}-${section.endLine}" symbol="${attribute(section.name)}" role="${labelOf(section)}">\n${cdata(section.text)}\n</code>\n`,
  beforeSignatures: '<signatures>\n',
  signature: (section) => `${characters(signatureLine(section))}\n`,
  afterSignatures: '</signatures>\n',
  tail: '</context>\n',
};

const FENCE = '===';

/** The text format's fence for these sections. */
export function fenceFor(sections: readonly ContextSection[]): string {
  let longest = FENCE.length - 1;
  for (const { text } of sections)
    for (const [run] of text.matchAll(/^={3,}/gm)) longest = Math.max(longest, run.length);
  return '='.repeat(longest + 1);
}

export function contextFormat(name: Exclude<ContextFormatName, 'json'>, fence = FENCE): ContextFormat {
  return name === 'xml' ? xmlFormat : textFormat(fence);
}

function labelOf({ role, form }: CodeSection): string {
  return form === 'whole' ? role : `${role}, ${form}`;
}

function signatureLine({ text, path, line }: SignatureSection): string {
  return `${oneLine(text).replace(/^\//, ' /')}  # ${oneLine(path)}:${line}`;
}

/** Names and paths of a hostile repository may hold line ends. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** XML 1.0 has no place for most control characters. */
function legal(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/\p{Cs}/gu, '\ufffd');
}

function characters(text: string): string {
  return legal(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return characters(oneLine(text)).replaceAll('"', '&quot;');
}

function cdata(text: string): string {
  return `<![CDATA[\n${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}\n]]>`;
}

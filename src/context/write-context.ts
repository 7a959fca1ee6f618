/** What sections cost in a format, and how they look in it. */
import type { Snapshot } from '#model/snapshot.ts';
import type { ContextFormatName, ContextSection } from './context-section.ts';
import { contextFormat } from './context-format.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

export interface WrittenContext {
  /** Empty where nothing fits. */
  readonly text: string;
  /** Of the text. */
  readonly tokens: number;
}

export interface ContextWriter {
  /** Of all that is no section. */
  readonly frame: string;
  /** What a section adds. */
  cost(section: ContextSection): string;
  /** What the first signature adds besides. */
  readonly signatureFrame: string;
  write(sections: readonly ContextSection[]): WrittenContext;
}

export interface WriterRequest {
  readonly snapshot: Pick<Snapshot, 'freshness'>;
  readonly counter: TokenCounter;
  readonly subject: string;
  readonly budget: number;
  readonly format: ContextFormatName;
}

export function writerOf(request: WriterRequest, fence: string): ContextWriter {
  return request.format === 'json' ? jsonWriter(request) : textWriter(request, request.format, fence);
}

function textWriter(
  { snapshot, counter, subject, budget }: WriterRequest,
  name: 'text' | 'xml',
  fence: string,
): ContextWriter {
  const format = contextFormat(name, fence);
  const head = format.head({ subject, revision: snapshot.freshness.revision });
  const cost = (section: ContextSection): string =>
    section.detail === 'code' ? format.code(section) : format.signature(section);
  // A long question must not keep out the answer.
  const headed = name === 'xml' || counter.fits(head, budget / 4);
  const frame = (headed ? head : '') + format.tail;
  const signatureFrame = format.beforeSignatures + format.afterSignatures;
  return {
    frame,
    cost,
    signatureFrame,
    write(sections) {
      if (sections.length === 0) return { text: '', tokens: 0 };
      const code = sections.filter(({ detail }) => detail === 'code').map(cost);
      const signatures = sections.filter(({ detail }) => detail === 'signature').map(cost);
      const text = [
        headed ? head : '',
        ...code,
        ...(signatures.length > 0 ? [format.beforeSignatures, ...signatures, format.afterSignatures] : []),
        format.tail,
      ].join('');
      return { text, tokens: counter.count(text) };
    },
  };
}

/** The document that a program reads: its own text, as `JSON.stringify` writes it with a line end, is what is counted. */
export interface ContextDocument {
  readonly status: 'context';
  readonly subject: string;
  readonly revision: string;
  /** When the tree was last compared with the index, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly budget: number;
  readonly tokens: number;
  readonly encoding: string;
  readonly exact: boolean;
  readonly sections: readonly ContextSection[];
}

export function contextDocument(
  { snapshot, counter, subject, budget }: WriterRequest,
  sections: readonly ContextSection[],
  tokens: number,
): ContextDocument {
  const { revision, asOf } = snapshot.freshness;
  const { encoding, exact } = counter;
  return { status: 'context', subject, revision, asOf, budget, tokens, encoding, exact, sections };
}

function jsonWriter(request: WriterRequest): ContextWriter {
  const { counter, budget } = request;
  const written = (sections: readonly ContextSection[], tokens: number): string =>
    `${JSON.stringify(contextDocument(request, sections, tokens))}\n`;
  return {
    frame: written([], budget),
    cost: (section) => `${JSON.stringify(section)},`,
    signatureFrame: '',
    write(sections) {
      // The figure stands in the text that it counts: its digits may change it once or twice.
      let tokens = counter.count(written(sections, budget));
      for (let round = 0; round < 3; round++) {
        const again = counter.count(written(sections, tokens));
        if (again === tokens) break;
        tokens = again;
      }
      return { text: written(sections, tokens), tokens };
    },
  };
}

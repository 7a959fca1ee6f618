/** A file with a run of lines moved into a function of its own: what is measured, and what a person may start from. */
import type { StatementBlock } from './statement-blocks.ts';

export interface ExtractionPlace {
  /** Lines of the function that the block is taken from, 1-based. */
  readonly startLine: number;
  readonly endLine: number;
  readonly isMethod: boolean;
  readonly isPython: boolean;
}

export interface ExtractedText {
  readonly text: string;
  readonly name: string;
  /** The new function's head, as it would be written. */
  readonly head: string;
  readonly call: string;
  /** Last line of what is taken out, its closing brackets included. */
  readonly endLine: number;
}

const CLOSERS = /^\s*[})\];,]+\s*$/;

export function extractedText(text: string, block: StatementBlock, place: ExtractionPlace): ExtractedText | undefined {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const indentOf = (line: string): string => /^\s*/.exec(line)![0];
  const indent = indentOf(lines[block.startLine - 1]!);
  let endLine = block.endLine;
  // Steps know nothing of the brackets behind them.
  if (!place.isPython) {
    let open = bracketBalance(lines.slice(block.startLine - 1, endLine).join('\n'));
    while (open > 0 && endLine < place.endLine && CLOSERS.test(lines[endLine]!))
      open += bracketBalance(lines[endLine++]!);
    if (open !== 0) return undefined;
  }
  const body = lines.slice(block.startLine - 1, endLine);
  // A block that begins or ends amid a line cannot be lifted out by lines.
  if (body.some((line) => line.trim() !== '' && !line.startsWith(indent))) return undefined;
  if (!place.isPython && /^\s*[})]/.test(body[0]!)) return undefined;
  const name = nameFor(lines, block, place.isPython);
  const outer = indentOf(lines[place.startLine - 1]!);
  const inner = `${outer}${place.isPython ? '    ' : '  '}`;
  const moved = body.map((line) => (line.trim() === '' ? '' : `${inner}${line.slice(indent.length)}`));
  const written = place.isPython ? inPython(name, block, outer) : inScript(name, block, outer, place.isMethod);
  return {
    text: [
      ...lines.slice(0, block.startLine - 1),
      `${indent}${written.call}`,
      ...lines.slice(endLine, place.endLine),
      '',
      `${outer}${written.head}`,
      ...moved,
      ...written.tail,
      ...lines.slice(place.endLine),
    ].join('\n'),
    name,
    head: written.head,
    call: written.call,
    endLine,
  };
}

interface Written {
  readonly head: string;
  readonly tail: readonly string[];
  readonly call: string;
}

function inPython(name: string, { inputs, outputs, isAsync }: StatementBlock, outer: string): Written {
  const self = inputs.find((each) => each === 'self' || each === 'cls');
  const given = inputs.filter((each) => each !== self);
  const wait = isAsync ? 'await ' : '';
  const call = `${wait}${self === undefined ? '' : `${self}.`}${name}(${given.join(', ')})`;
  return {
    head: `${isAsync ? 'async ' : ''}def ${name}(${[...(self === undefined ? [] : [self]), ...given].join(', ')}):`,
    tail: outputs.length === 0 ? [] : [`${outer}    return ${outputs.join(', ')}`],
    call: outputs.length === 0 ? call : `${outputs.join(', ')} = ${call}`,
  };
}

function inScript(
  name: string,
  { inputs, outputs, isAsync }: StatementBlock,
  outer: string,
  isMethod: boolean,
): Written {
  const wait = isAsync ? 'await ' : '';
  const call = `${wait}${isMethod ? 'this.' : ''}${name}(${inputs.join(', ')});`;
  const back = outputs.length === 1 ? outputs[0]! : `{ ${outputs.join(', ')} }`;
  const isKnown = outputs.every((each) => inputs.includes(each));
  const assigned = outputs.length === 1 ? `${back} = ${call}` : `(${back} = ${call.slice(0, -1)});`;
  return {
    head: `${isAsync ? 'async ' : ''}${isMethod ? '' : 'function '}${name}(${inputs.join(', ')}) {`,
    tail: [...(outputs.length === 0 ? [] : [`${outer}  return ${back};`]), `${outer}}`],
    call: outputs.length === 0 ? call : isKnown ? assigned : `const ${back} = ${call}`,
  };
}

/** After the comment above the block, else after what it makes, else after what it works on. */
function nameFor(lines: readonly string[], { startLine, outputs, inputs }: StatementBlock, isPython: boolean): string {
  const above = [lines[startLine - 2], lines[startLine - 1]].find((line) => /^\s*(?:#|\/\/)/.test(line ?? ''));
  const words = (above ?? '')
    .replace(/^\s*(?:#+|\/\/+)/, '')
    .split(/[.,:;(]/)[0]!
    .toLowerCase()
    .match(/[a-z]+/g);
  const work = inputs.find((each) => each !== 'self' && each !== 'cls' && each.length > 2);
  const chosen =
    words && words.length >= 2 && words.length <= 5
      ? words
      : outputs.length > 0 && outputs[0]!.length > 2
        ? ['find', ...wordsOf(outputs[0]!)]
        : ['handle', ...wordsOf(work ?? 'part')];
  return isPython
    ? `_${chosen.join('_')}`
    : chosen.map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
}

function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? ['part']).map((word) => word.toLowerCase());
}

/** Brackets of strings and comments count, too: where they do not balance, the block is not offered. */
function bracketBalance(text: string): number {
  let open = 0;
  for (const char of text)
    if (char === '{' || char === '(' || char === '[') open++;
    else if (char === '}' || char === ')' || char === ']') open--;
  return open;
}

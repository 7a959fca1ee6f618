/** The last error that Python or Node told, as text. */
import type { RawFailure } from './failure.ts';

/** Places are from the outermost to the innermost. */
export function pythonFailure(text: string): RawFailure | undefined {
  const start = text.lastIndexOf('Traceback (most recent call last)');
  const block = start >= 0 ? text.slice(start) : text;
  const places = [...block.matchAll(/^ *File "(.+?)", line (\d+)/gm)].map((match) => ({
    file: match[1]!,
    line: Number(match[2]),
  }));
  // pytest marks lines of an error with E, and gives the place as path:line: Error.
  const errors = [
    ...block.matchAll(
      /^(?:E +)?((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning|Timeout|Iteration)\w*)(?::[ \t]*(.*))?$/gm,
    ),
  ];
  // Whatever the class is called: the last line at the margin, below the frames.
  const plain = start >= 0 ? [...block.matchAll(/^([A-Za-z_][\w.]*)(?::[ \t]*(.*))?$/gm)].at(-1) : undefined;
  const last = errors.at(-1) ?? plain;
  if (!last || (start < 0 && places.length === 0 && !/^E {2,}/m.test(text))) return undefined;
  const short = [...block.matchAll(/^(\S+\.py):(\d+): /gm)].map((match) => ({
    file: match[1]!,
    line: Number(match[2]),
  }));
  return {
    type: last[1]!.split('.').at(-1)!,
    text: last[2]?.trim() ?? '',
    places: places.length > 0 ? places : short,
    ecosystem: 'python',
  };
}

export function nodeFailure(text: string): RawFailure | undefined {
  const errors = [...text.matchAll(/^(?:Uncaught )?(?:\[?)((?:[A-Z]\w*)?(?:Error|Exception))(?: \[(\w+)\])?: (.*)$/gm)];
  const last = errors.at(-1);
  if (!last) {
    return /JavaScript heap out of memory/.test(text)
      ? { type: 'MemoryError', text: 'JavaScript heap out of memory', places: [], ecosystem: 'npm' }
      : undefined;
  }
  const after = text.slice(last.index);
  // Innermost first in the text.
  const frames = [
    ...after.matchAll(/^\s+at .*?\(?((?:file:\/\/)?\/[^():\n]+|[A-Za-z]:\\[^():\n]+):(\d+):\d+\)?$/gm),
  ].map((match) => ({ file: pathOf(match[1]!), line: Number(match[2]) }));
  // A syntax error's place stands above it: path:line, the code, a mark.
  const above = [...text.slice(0, last.index).matchAll(/^((?:file:\/\/)?\/[^:\n]+):(\d+)$/gm)].at(-1);
  const head = above ? [{ file: pathOf(above[1]!), line: Number(above[2]) }] : [];
  const importer = /imported from (\S+)|^- (\/\S+)$/m.exec(after);
  const from = importer?.[1] ?? importer?.[2];
  return {
    type: last[1]!,
    text: `${last[2] === undefined ? '' : `[${last[2]}] `}${last[3]!.trim()}`,
    places: [
      ...(from === undefined ? [] : [{ file: pathOf(from), line: 0 }]),
      ...frames.toReversed(),
      ...(last[1] === 'SyntaxError' ? head : []),
    ],
    ecosystem: 'npm',
  };
}

function pathOf(text: string): string {
  if (!text.startsWith('file://')) return text;
  try {
    return decodeURIComponent(text.slice('file://'.length));
  } catch {
    return text.slice('file://'.length);
  }
}

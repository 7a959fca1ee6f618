import type { CodePlace, InstrumentedFile, Mutant } from '#model/instrumented.ts';

/**
 * Mutants whose function an optimizer takes for the same program with and without them. `text` has no types and the places of
 * the file; `same` compares two programs.
 */
export function equivalentMutants(
  file: InstrumentedFile,
  text: string,
  same: (one: string, other: string) => boolean,
): readonly Mutant[] {
  const lines = lineStarts(text);
  const offsets = ({ startLine, startColumn, endLine, endColumn }: CodePlace): readonly [number, number] => [
    lines[startLine - 1]! + startColumn,
    lines[endLine - 1]! + endColumn,
  ];
  const functions = file.functions.map(({ place }) => offsets(place)).sort(([a, b], [c, d]) => b - a - (d - c));
  return file.mutants.filter((mutant) => {
    const [start, end] = offsets(mutant.place);
    const around = functions.find(([from, to]) => from <= start && to >= end);
    if (!around) return false;
    const [from, to] = around;
    const whole = text.slice(from, to);
    const mutated = text.slice(from, start) + mutant.replacement + text.slice(end, to);
    return [(code: string) => `x=(${code})`, (code: string) => `x={${code}}`].some((within) =>
      same(within(whole), within(mutated)),
    );
  });
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

import { loadEcmascriptParser } from '#languages/registry.ts';
import type { InstrumentedFile } from '#model/instrumented.ts';
import { Collector, type InstrumentOptions } from './ecmascript/collector.ts';
import { FlatText } from './ecmascript/flat-text.ts';
import { removedTypes } from './ecmascript/strip-types.ts';
import type { Node } from './ecmascript/tree.ts';
import { walkExpression } from './ecmascript/walk-expressions.ts';
import { walkBlock, walkStatements } from './ecmascript/walk-statements.ts';

export type { InstrumentOptions } from './ecmascript/collector.ts';

export interface InstrumentedText {
  readonly text: string;
  readonly file: InstrumentedFile;
}

export interface EcmascriptOptions extends InstrumentOptions {
  /** Types are taken out, so that any Node runs the text. Default: what was TypeScript stays TypeScript. */
  readonly strip?: boolean;
}

export type EcmascriptInstrumenter = (
  text: string,
  language: string,
  options: EcmascriptOptions,
) => InstrumentedText | undefined;

/**
 * Loads the parser once. What it returns rewrites one file at a time; lines stay where they are. Undefined for a text that does
 * not parse, or, with `strip`, one that is more than JavaScript with types (namespaces, legacy decorators).
 */
export async function ecmascriptInstrumenter(): Promise<EcmascriptInstrumenter> {
  const { parseWithOxc, eachChild } = await loadEcmascriptParser();
  return (text, language, options) => {
    const parsed = parseWithOxc(text, language, false);
    if (!parsed) return undefined;
    const program: Node = parsed.program;
    const hasTypes = language === 'typescript' || language === 'tsx';
    const stripped = options.strip && hasTypes ? removedTypes(program, text, eachChild, parsed.comments) : undefined;
    if (stripped === 'unsupported') return undefined;
    const flat = new FlatText(text, parsed.comments, stripped ?? []);
    note(program, undefined, flat, eachChild);
    const collector = new Collector(text, flat, options, {
      eachChild,
      expression: walkExpression,
      statements: walkStatements,
      block: walkBlock,
    });
    for (const { start, end, text: replacement } of stripped ?? []) collector.edits.replace(start, end, replacement);
    walkStatements(parsed.program.body, { counter: collector.newCounter(), static: true }, collector);
    return { text: withPrelude(collector, program), file: describe(collector) };
  };
}

function note(
  node: Node,
  parent: Node | undefined,
  flat: FlatText,
  eachChild: (node: Node, visit: (child: Node) => void) => void,
): void {
  flat.note(node, parent);
  eachChild(node, (child) => note(child, node, flat, eachChild));
}

function describe(collector: Collector): InstrumentedFile {
  const { options, counters, conditions, statements, functions, branches, mutants } = collector;
  return { id: options.id, counters, conditions, statements, functions, branches, mutants };
}

/** Behind directives, before everything else, on the line of what follows. */
function withPrelude(collector: Collector, program: Node): string {
  if (program.type !== 'Program') return collector.text;
  const { options, counters, conditions, edits } = collector;
  const first = program.body.find(
    (statement) => !(statement.type === 'ExpressionStatement' && typeof statement.directive === 'string'),
  );
  if (!first) return edits.toString();
  const id = JSON.stringify(options.id);
  const distances = options.distances
    ? `$td=$tw.d[${id}]||($tw.d[${id}]=new Float64Array(${2 * conditions}).fill(Infinity));`
    : '';
  const prelude =
    `var $tw,$tc${options.distances ? ',$td' : ''};` +
    `function $ti(){$tw=globalThis.__trowel||(globalThis.__trowel={m:0,f:1/0,c:{},d:{},x(){throw new Error("trowel: out of steps")}});` +
    `$tc=$tw.c[${id}]||($tw.c[${id}]=new Uint32Array(${counters}));${distances}}$ti();$tc[0]++;`;
  const body = edits.toString();
  const at = first.start;
  return body.slice(0, at) + prelude + body.slice(at);
}

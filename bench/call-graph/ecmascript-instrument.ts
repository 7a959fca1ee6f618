/** Rewrites JavaScript so that each function tells the tracer when it is entered and left: what calls what, as it happens. */
import { parseSync, visitorKeys, type Node } from 'oxc-parser';

export interface Instrumented {
  readonly text: string;
  /** UTF-16 range of each function, by its number within the file; 0 is the module. */
  readonly functions: readonly (readonly [start: number, end: number])[];
  /** Generators among them: who resumes one is not told apart, so their calls count neither way. */
  readonly generators: ReadonlySet<number>;
}

interface Edit {
  readonly at: number;
  readonly text: string;
  /** Of edits at one place, closing ones come first, inner before outer; then opening ones, outer before inner. */
  readonly order: number;
}

/** Undefined for a text that does not parse. `file` is its number in the trace. */
export function instrument(text: string, file: number): Instrumented | undefined {
  const { program, errors } = parseSync('x.js', text, { sourceType: 'unambiguous', preserveParens: false });
  if (errors.length > 0 || program.body.length === 0) return undefined;
  const functions: [number, number][] = [[0, text.length]];
  const generators = new Set<number>();
  const edits: Edit[] = [];
  const add = (at: number, inserted: string): void => void edits.push({ at, text: inserted, order: edits.length });
  const close = (at: number, inserted: string): void =>
    void edits.push({ at, text: inserted, order: -edits.length - 1 });
  const visit = (node: Node, owner: number): void => {
    let inside = owner;
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        if (!node.body) return;
        inside = functions.length;
        functions.push([node.start, node.end]);
        if (node.generator) generators.add(inside);
        const enter = `const $d=$trace.enter(${file},${inside});try{`;
        if (node.body.type === 'BlockStatement') {
          const directives = node.body.body.filter(
            (statement) => statement.type === 'ExpressionStatement' && statement.directive,
          );
          const leave = '}finally{$trace.leave($d)}';
          const from = directives.at(-1)?.end ?? node.body.start + 1;
          if (from === node.body.end - 1) add(from, `;${enter}${leave}`);
          else {
            add(from, `;${enter}`);
            close(node.body.end - 1, leave);
          }
        } else {
          const open = text.slice(0, node.body.start).lastIndexOf('=>') + 2;
          add(open, `{${enter}return (`);
          close(node.end, ')}finally{$trace.leave($d)}}');
        }
        break;
      }
      case 'AwaitExpression':
      case 'YieldExpression':
        add(node.start, `$trace.resume(${file},${owner},`);
        close(node.end, ')');
        break;
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const value = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
      if (Array.isArray(value)) for (const each of value) if (each) visit(each, inside);
      if (value && !Array.isArray(value)) visit(value, inside);
    }
  };
  for (const statement of program.body) visit(statement, 0);
  const first = program.body.find((statement) => !(statement.type === 'ExpressionStatement' && statement.directive));
  add(first?.start ?? text.length, `;const $m=$trace.module(${file});`);
  edits.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = '';
  let from = 0;
  for (const { at, text: inserted } of edits) {
    out += text.slice(from, at) + inserted;
    from = at;
  }
  return { text: `${out}${text.slice(from)}\n;$trace.leave($m);\n`, functions, generators };
}

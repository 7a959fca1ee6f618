/** From Python's syntax tree to flow statements. */
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { TextIndex } from '#languages/text-index.ts';
import type { FlowCase, FlowFunction, FlowHandler, FlowStatement, FlowStep } from './flow-statement.ts';
import { children } from './node-children.ts';
import { defineTarget, readExpression, readNested } from './python-names.ts';
import { StepCollector } from './step-collector.ts';

export const pythonFunctionTypes: ReadonlySet<string> = new Set(['function_definition', 'lambda']);

class PythonStatements {
  readonly #nodes: SyntaxNodes;
  readonly #index: TextIndex;

  constructor(nodes: SyntaxNodes, index: TextIndex) {
    this.#nodes = nodes;
    this.#index = index;
  }

  #collect(fill: (out: StepCollector) => void): StepCollector {
    const out = new StepCollector(this.#nodes, this.#index);
    fill(out);
    return out;
  }

  #expression(node: number): FlowStep {
    return this.#collect((out) => readExpression(this.#nodes, node, out)).step(node);
  }

  function(node: number): FlowFunction {
    const nodes = this.#nodes;
    const { start, end, subtreeEnd } = nodes.tree;
    const isModule = nodes.is(node, 'module');
    const body = isModule ? node : nodes.child(node, 'body');
    const parameters = this.#collect((out) => {
      for (const parameter of children(nodes, nodes.child(node, 'parameters'))) {
        const name = nodes.is(parameter, 'identifier')
          ? parameter
          : nodes.child(parameter, 'name') >= 0
            ? nodes.child(parameter, 'name')
            : nodes.descendantOfType(parameter, 'identifier');
        if (name >= 0) out.define(nodes.slice(name), 'parameter', name);
      }
    });
    let isGenerator = false;
    for (let at = body + 1; at < subtreeEnd[body]!; at++) {
      if (pythonFunctionTypes.has(nodes.typeName(at)) || nodes.is(at, 'class_definition')) at = subtreeEnd[at]! - 1;
      else if (nodes.is(at, 'yield')) isGenerator = true;
    }
    const list = nodes.child(node, 'parameters');
    return {
      name: isModule ? '<module>' : nodes.is(node, 'lambda') ? '<lambda>' : nodes.slice(nodes.child(node, 'name')),
      startLine: this.#index.line(start[node]!),
      endLine: this.#index.line(Math.max(0, end[node]! - 1)),
      parameters: parameters.step(list < 0 ? node : list, list < 0 ? node : list, list < 0 ? '()' : undefined),
      body: nodes.is(node, 'lambda') ? [{ kind: 'return', step: this.#expression(body) }] : this.#block(body),
      isGenerator,
      isAsync: nodes.text.startsWith('async', start[node]),
    };
  }

  #block(node: number): readonly FlowStatement[] {
    return node < 0 ? [] : children(this.#nodes, node).flatMap((child) => this.#statement(child));
  }

  /** The block below a clause (`else:`, `finally:`). */
  #clause(node: number): readonly FlowStatement[] {
    return node < 0 ? [] : this.#block(this.#nodes.childOfType(node, 'block'));
  }

  #statement(node: number): readonly FlowStatement[] {
    const nodes = this.#nodes;
    switch (nodes.typeName(node)) {
      case 'return_statement':
        return [{ kind: 'return', step: this.#simple(node) }];
      case 'raise_statement':
        return [{ kind: 'throw', step: this.#simple(node) }];
      case 'break_statement':
        return [{ kind: 'break', step: this.#simple(node) }];
      case 'continue_statement':
        return [{ kind: 'continue', step: this.#simple(node) }];
      case 'if_statement':
        return [this.#if(node)];
      case 'while_statement':
        return [this.#while(node)];
      case 'for_statement':
        return this.#for(node);
      case 'try_statement':
        return [this.#try(node)];
      case 'with_statement':
        return this.#with(node);
      case 'match_statement':
        return [this.#match(node)];
      case 'global_statement':
      case 'nonlocal_statement':
        return [];
      case 'block':
      case 'ERROR':
        return this.#block(node);
      default:
        return [{ kind: 'step', step: this.#simple(node) }];
    }
  }

  #simple(node: number): FlowStep {
    return this.#collect((out) => this.#fill(node, out)).step(this.#shown(node), this.#lastShown(node));
  }

  /** Of a definition only the head is shown. */
  #shown(node: number): number {
    const definition = this.#nodes.child(node, 'definition');
    return definition >= 0 ? definition : node;
  }

  #lastShown(node: number): number {
    const definition = this.#shown(node);
    if (!/^(?:function|class)_definition$/.test(this.#nodes.typeName(definition))) return definition;
    for (const field of ['parameters', 'superclasses', 'name']) {
      const head = this.#nodes.child(definition, field);
      if (head >= 0) return head;
    }
    return definition;
  }

  #fill(node: number, out: StepCollector): void {
    const nodes = this.#nodes;
    switch (nodes.typeName(node)) {
      case 'expression_statement':
        return children(nodes, node).forEach((child) => this.#fill(child, out));
      case 'assignment': {
        const right = nodes.child(node, 'right');
        if (right < 0) return;
        if (nodes.is(right, 'assignment')) this.#fill(right, out);
        else readExpression(nodes, right, out);
        return defineTarget(nodes, nodes.child(node, 'left'), 'assignment', out);
      }
      case 'augmented_assignment': {
        const left = nodes.child(node, 'left');
        readExpression(nodes, left, out);
        readExpression(nodes, nodes.child(node, 'right'), out);
        out.mayThrow = true;
        if (nodes.is(left, 'identifier')) out.define(nodes.slice(left), 'augmented', left);
        return;
      }
      case 'delete_statement':
        for (const child of children(nodes, node)) {
          readExpression(nodes, child, out);
          for (const name of nodes.is(child, 'expression_list') ? children(nodes, child) : [child])
            if (nodes.is(name, 'identifier')) out.define(nodes.slice(name), 'delete', name);
        }
        return;
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        return this.#imports(node, out);
      case 'decorated_definition':
        for (const decorator of children(nodes, node))
          if (nodes.is(decorator, 'decorator'))
            children(nodes, decorator).forEach((child) => readExpression(nodes, child, out));
        out.mayThrow = true;
        return this.#fill(nodes.child(node, 'definition'), out);
      case 'function_definition':
        for (const parameter of children(nodes, nodes.child(node, 'parameters')))
          readExpression(nodes, nodes.child(parameter, 'value'), out);
        readNested(nodes, node, out);
        return out.define(nodes.slice(nodes.child(node, 'name')), 'function', nodes.child(node, 'name'));
      case 'class_definition':
        readExpression(nodes, nodes.child(node, 'superclasses'), out);
        out.mayThrow = true;
        readNested(nodes, node, out);
        return out.define(nodes.slice(nodes.child(node, 'name')), 'class', nodes.child(node, 'name'));
      case 'raise_statement':
      case 'assert_statement':
        out.mayThrow = true;
        return children(nodes, node).forEach((child) => readExpression(nodes, child, out));
      case 'pass_statement':
      case 'break_statement':
      case 'continue_statement':
        return;
      default:
        return readExpression(nodes, node, out);
    }
  }

  #imports(node: number, out: StepCollector): void {
    const nodes = this.#nodes;
    out.mayThrow = true;
    for (const child of children(nodes, node)) {
      if (!nodes.fieldIs(child, 'name')) continue;
      const alias = nodes.child(child, 'alias');
      // `import a.b` binds `a`, `from a import b` binds `b`.
      const bound = alias >= 0 ? alias : nodes.is(child, 'dotted_name') ? nodes.firstNamed(child) : child;
      if (bound >= 0) out.define(nodes.slice(bound), 'import', bound);
    }
  }

  #if(node: number): FlowStatement {
    const nodes = this.#nodes;
    const alternatives = children(nodes, node).filter((child) => nodes.fieldIs(child, 'alternative'));
    const chain = (at: number): readonly FlowStatement[] => {
      const clause = alternatives[at];
      if (clause === undefined) return [];
      if (nodes.is(clause, 'else_clause')) return this.#clause(clause);
      return [
        {
          kind: 'if',
          test: this.#expression(nodes.child(clause, 'condition')),
          then: this.#block(nodes.child(clause, 'consequence')),
          otherwise: chain(at + 1),
        },
      ];
    };
    return {
      kind: 'if',
      test: this.#expression(nodes.child(node, 'condition')),
      then: this.#block(nodes.child(node, 'consequence')),
      otherwise: chain(0),
    };
  }

  #while(node: number): FlowStatement {
    const nodes = this.#nodes;
    const condition = nodes.child(node, 'condition');
    const test = this.#expression(condition);
    return {
      kind: 'loop',
      test: { ...test, text: `while ${test.text}` },
      testAt: 'start',
      isEndless: /^\(*\s*(?:True|[1-9]\d*)\s*\)*$/.test(nodes.slice(condition)),
      body: this.#block(nodes.child(node, 'body')),
      otherwise: this.#clause(nodes.child(node, 'alternative')),
    };
  }

  #for(node: number): readonly FlowStatement[] {
    const nodes = this.#nodes;
    const left = nodes.child(node, 'left');
    const right = nodes.child(node, 'right');
    const isAsync = nodes.text.startsWith('async', nodes.tree.start[node]);
    const test = this.#collect((out) => {
      out.mayThrow = true;
      if (isAsync) out.suspends = 'await';
    }).step(node, right);
    return [
      { kind: 'step', step: this.#expression(right) },
      {
        kind: 'loop',
        test,
        testAt: 'start',
        isEndless: false,
        binds: this.#collect((out) => defineTarget(nodes, left, 'loop', out)).step(left),
        body: this.#block(nodes.child(node, 'body')),
        otherwise: this.#clause(nodes.child(node, 'alternative')),
      },
    ];
  }

  #with(node: number): readonly FlowStatement[] {
    const nodes = this.#nodes;
    const clause = nodes.childOfType(node, 'with_clause');
    const items: number[] = [];
    for (let at = clause; at >= 0 && at < nodes.tree.subtreeEnd[clause]!; at++)
      if (nodes.is(at, 'with_item')) items.push(at);
    const isAsync = nodes.text.startsWith('async', nodes.tree.start[node]);
    const steps = items.map((item) =>
      this.#collect((out) => {
        out.mayThrow = true;
        if (isAsync) out.suspends = 'await';
        const value = nodes.child(item, 'value');
        const alias = nodes.is(value, 'as_pattern') ? nodes.child(value, 'alias') : -1;
        readExpression(nodes, alias < 0 ? value : nodes.firstNamed(value), out);
        if (alias >= 0) for (const target of children(nodes, alias)) defineTarget(nodes, target, 'context', out);
      }).step(item, item, `with ${nodes.oneLine(nodes.tree.start[item]!, nodes.tree.end[item]!, 90)}`),
    );
    return [...steps.map((step): FlowStatement => ({ kind: 'step', step })), ...this.#block(nodes.child(node, 'body'))];
  }

  #try(node: number): FlowStatement {
    const nodes = this.#nodes;
    const parts = children(nodes, node);
    const of = (type: string): number => parts.find((part) => nodes.is(part, type)) ?? -1;
    const cleanup = of('finally_clause');
    return {
      kind: 'try',
      body: this.#block(nodes.child(node, 'body')),
      otherwise: this.#clause(of('else_clause')),
      finally: cleanup < 0 ? undefined : this.#clause(cleanup),
      handlers: parts
        .filter((part) => /^except_(?:group_)?clause$/.test(nodes.typeName(part)))
        .map((part): FlowHandler => this.#handler(part)),
    };
  }

  #handler(node: number): FlowHandler {
    const nodes = this.#nodes;
    const block = nodes.childOfType(node, 'block');
    const value = children(nodes, node).find((part) => part !== block) ?? -1;
    const alias = nodes.is(value, 'as_pattern') ? nodes.child(value, 'alias') : -1;
    const head = this.#collect((out) => readExpression(nodes, alias < 0 ? value : nodes.firstNamed(value), out));
    const test = {
      ...head.step(node, value < 0 ? node : value, value < 0 ? 'except' : undefined),
      endLine: head.line(value < 0 ? node : value),
    };
    const binds =
      alias < 0
        ? {}
        : {
            binds: this.#collect((out) =>
              children(nodes, alias).forEach((target) => defineTarget(nodes, target, 'exception', out)),
            ).step(alias),
          };
    return {
      test,
      ...binds,
      catchesAll: value < 0 || nodes.slice(value) === 'BaseException',
      body: this.#block(block),
    };
  }

  #match(node: number): FlowStatement {
    const nodes = this.#nodes;
    const subject = children(nodes, node).filter((child) => nodes.fieldIs(child, 'subject'));
    const cases = children(nodes, nodes.child(node, 'body')).filter((child) => nodes.is(child, 'case_clause'));
    const read = this.#collect((out) => subject.forEach((child) => readExpression(nodes, child, out)));
    return {
      kind: 'switch',
      subject: { ...read.step(subject[0] ?? node, subject.at(-1) ?? node) },
      fallsThrough: false,
      cases: cases.map((clause) => this.#case(clause)),
    };
  }

  #case(node: number): FlowCase {
    const nodes = this.#nodes;
    const patterns = children(nodes, node).filter((child) => nodes.is(child, 'case_pattern'));
    const guard = nodes.child(node, 'guard');
    const captures = new StepCollector(nodes, this.#index);
    const test = this.#collect((out) => {
      out.mayThrow = true;
      for (const pattern of patterns) this.#pattern(pattern, out, captures);
    });
    const last = patterns.at(-1) ?? node;
    const isIrrefutable =
      patterns.length === 1 &&
      /^(?:_|[^\W\d]\w*)$/u.test(nodes.slice(patterns[0]!)) &&
      !/^(?:None|True|False)$/.test(nodes.slice(patterns[0]!));
    return {
      test: test.step(node, last),
      isIrrefutable,
      ...(captures.definitions.length === 0 ? {} : { binds: captures.step(patterns[0] ?? node, last) }),
      ...(guard < 0 ? {} : { guard: this.#expression(nodes.firstNamed(guard)) }),
      body: this.#block(nodes.child(node, 'consequence')),
    };
  }

  #pattern(node: number, out: StepCollector, captures: StepCollector): void {
    const nodes = this.#nodes;
    const type = nodes.typeName(node);
    const parts = children(nodes, node);
    if (type === 'dotted_name') {
      const [first] = parts;
      if (first === undefined) return;
      if (parts.length > 1) out.use(nodes.slice(first), first);
      else if (nodes.slice(first) !== '_') captures.define(nodes.slice(first), 'pattern', first);
    } else if (type === 'class_pattern') {
      const [name, ...rest] = parts;
      if (name !== undefined) out.use(nodes.slice(nodes.firstNamed(name)), name);
      for (const part of rest) this.#pattern(part, out, captures);
    } else if (type === 'keyword_pattern') for (const part of parts.slice(1)) this.#pattern(part, out, captures);
    else if (type === 'identifier' && nodes.slice(node) !== '_') captures.define(nodes.slice(node), 'pattern', node);
    else for (const part of parts) this.#pattern(part, out, captures);
  }
}

/** The function (or the module) at a node of Python's tree. */
export function pythonFlow(nodes: SyntaxNodes, index: TextIndex, node: number): FlowFunction {
  return new PythonStatements(nodes, index).function(node);
}

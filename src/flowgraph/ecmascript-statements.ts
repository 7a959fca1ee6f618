/** From JavaScript's and TypeScript's syntax tree to flow statements. */
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { TextIndex } from '#languages/text-index.ts';
import { definePattern, readExpression } from './ecmascript-names.ts';
import { blockNames, FlowScope, functionTypes, patternNames, typeOnly, variableNames } from './ecmascript-scopes.ts';
import type { FlowCase, FlowFunction, FlowHandler, FlowStatement, FlowStep } from './flow-statement.ts';
import { children } from './node-children.ts';
import { StepCollector } from './step-collector.ts';

export const ecmascriptFunctionTypes = functionTypes;

class EcmascriptStatements {
  readonly #nodes: SyntaxNodes;
  readonly #index: TextIndex;
  #scope = new FlowScope();

  constructor(nodes: SyntaxNodes, index: TextIndex) {
    this.#nodes = nodes;
    this.#index = index;
  }

  #line(node: number): number {
    return this.#index.line(this.#nodes.tree.start[node]!);
  }

  #collect(fill: (out: StepCollector) => void): StepCollector {
    const out = new StepCollector(this.#nodes, this.#index);
    fill(out);
    return out;
  }

  #expression(node: number): FlowStep {
    const nodes = this.#nodes;
    const inner = nodes.is(node, 'parenthesized_expression') ? nodes.firstNamed(node) : node;
    return this.#collect((out) => readExpression(nodes, node, this.#scope, out)).step(inner < 0 ? node : inner);
  }

  #declare(names: readonly number[]): void {
    for (const name of names) if (name >= 0) this.#scope.declare(this.#nodes.slice(name), this.#line(name));
  }

  /** Runs with the names of a block; `declared` are those that its head declares (`for (let i …)`). */
  #inBlock<T>(declared: readonly number[], run: () => T): T {
    const outer = this.#scope;
    this.#scope = new FlowScope(outer);
    this.#declare(declared);
    const result = run();
    this.#scope = outer;
    return result;
  }

  function(node: number): FlowFunction {
    const nodes = this.#nodes;
    const { start, end } = nodes.tree;
    const isProgram = nodes.is(node, 'program');
    const body = isProgram ? node : nodes.child(node, 'body');
    const list = nodes.child(node, 'parameters');
    const single = nodes.child(node, 'parameter');
    const parameters = list >= 0 ? children(nodes, list) : single >= 0 ? [single] : [];
    this.#declare(parameters.flatMap((parameter) => patternNames(nodes, parameter)));
    this.#declare(variableNames(nodes, body));
    const isBlock = isProgram || nodes.is(body, 'statement_block');
    if (isBlock) this.#declare(blockNames(nodes, children(nodes, body)));
    const collected = this.#collect((out) => {
      for (const parameter of parameters) {
        definePattern(
          nodes,
          nodes.is(parameter, 'identifier') ? parameter : nodes.child(parameter, 'pattern'),
          'parameter',
          this.#scope,
          out,
        );
        readExpression(nodes, nodes.child(parameter, 'value'), this.#scope, out);
      }
      out.mayThrow = false;
    });
    const head = nodes.oneLine(start[node]!, start[body < 0 ? node : body]!, 80);
    const shown = list >= 0 ? list : single;
    return {
      name: isProgram
        ? '<module>'
        : nodes.child(node, 'name') >= 0
          ? nodes.slice(nodes.child(node, 'name'))
          : this.#givenName(node),
      startLine: this.#line(node),
      endLine: this.#index.line(Math.max(0, end[node]! - 1)),
      parameters: shown < 0 ? collected.step(node, node, '()') : collected.step(shown),
      isAsync: /\basync\b/.test(head),
      isGenerator: /\*/.test(head),
      body: isBlock ? this.#statements(children(nodes, body)) : [{ kind: 'return', step: this.#expression(body) }],
    };
  }

  /** `const name = () => …`, `{ name: function () … }`. */
  #givenName(node: number): string {
    const above = this.#nodes.parent(node);
    const name = ['name', 'key', 'left'].map((field) => this.#nodes.child(above, field)).find((found) => found >= 0);
    return name === undefined || name === node ? '<anonymous>' : this.#nodes.slice(name);
  }

  #statements(list: readonly number[]): readonly FlowStatement[] {
    // Function declarations are hoisted: they hold from the start of their block.
    const isHoisted = (node: number): boolean =>
      /^(?:generator_)?function_declaration$/.test(this.#nodes.typeName(node));
    return [...list.filter(isHoisted), ...list.filter((node) => !isHoisted(node))].flatMap((node) =>
      this.#statement(node),
    );
  }

  /** A block, or a lone statement in its place. */
  #body(node: number): readonly FlowStatement[] {
    const nodes = this.#nodes;
    if (node < 0) return [];
    if (nodes.is(node, 'else_clause') || nodes.is(node, 'finally_clause')) return this.#body(nodes.firstNamed(node));
    if (!nodes.is(node, 'statement_block')) return this.#statement(node);
    const inside = children(nodes, node);
    return this.#inBlock(blockNames(nodes, inside), () => this.#statements(inside));
  }

  #statement(node: number, label?: string): readonly FlowStatement[] {
    const nodes = this.#nodes;
    const type = nodes.typeName(node);
    if (typeOnly.has(type)) return [];
    const named = label === undefined ? {} : { label };
    switch (type) {
      case 'statement_block':
        return label === undefined ? this.#body(node) : [{ kind: 'block', body: this.#body(node), label }];
      case 'return_statement':
        return [{ kind: 'return', step: this.#simple(node) }];
      case 'throw_statement':
        return [{ kind: 'throw', step: this.#simple(node) }];
      case 'break_statement':
      case 'continue_statement': {
        const target = nodes.child(node, 'label');
        return [
          {
            kind: type === 'break_statement' ? 'break' : 'continue',
            step: new StepCollector(nodes, this.#index).step(node),
            ...(target < 0 ? {} : { label: nodes.slice(target) }),
          },
        ];
      }
      case 'if_statement':
        return [
          {
            kind: 'if',
            test: this.#expression(nodes.child(node, 'condition')),
            then: this.#body(nodes.child(node, 'consequence')),
            otherwise: this.#body(nodes.child(node, 'alternative')),
          },
        ];
      case 'while_statement':
      case 'do_statement': {
        const condition = nodes.child(node, 'condition');
        const isEndless = this.#isTrue(condition);
        return [
          {
            kind: 'loop',
            test: this.#expression(condition),
            testAt: type === 'do_statement' ? 'end' : 'start',
            isEndless,
            body: this.#body(nodes.child(node, 'body')),
            otherwise: [],
            ...named,
          },
        ];
      }
      case 'for_statement':
        return this.#for(node, named);
      case 'for_in_statement':
        return this.#forIn(node, named);
      case 'switch_statement':
        return [this.#switch(node, named)];
      case 'try_statement':
        return [this.#try(node)];
      case 'labeled_statement': {
        const body = nodes.child(node, 'body');
        const inner = nodes.slice(nodes.child(node, 'label'));
        const isLoop = /^(?:for|for_in|while|do|switch)_statement$/.test(nodes.typeName(body));
        return isLoop ? this.#statement(body, inner) : [{ kind: 'block', body: this.#statement(body), label: inner }];
      }
      case 'empty_statement':
        return [];
      case 'export_statement': {
        const declaration = nodes.child(node, 'declaration');
        return declaration >= 0 ? this.#statement(declaration) : [{ kind: 'step', step: this.#simple(node) }];
      }
      default:
        return [{ kind: 'step', step: this.#simple(node) }];
    }
  }

  #isTrue(condition: number): boolean {
    return /^\(*\s*(?:true|[1-9]\d*)\s*\)*$/.test(this.#nodes.slice(condition));
  }

  #simple(node: number): FlowStep {
    const nodes = this.#nodes;
    const out = this.#collect((collector) => this.#fill(node, collector));
    const body = nodes.typeName(node).endsWith('_declaration') ? nodes.child(node, 'body') : -1;
    if (nodes.is(node, 'throw_statement')) out.mayThrow = true;
    return body < 0
      ? out.step(node)
      : out.step(node, node, nodes.oneLine(nodes.tree.start[node]!, nodes.tree.start[body]!, 100).trim());
  }

  #fill(node: number, out: StepCollector): void {
    const nodes = this.#nodes;
    switch (nodes.typeName(node)) {
      case 'lexical_declaration':
      case 'variable_declaration':
        for (const part of children(nodes, node)) {
          const value = nodes.child(part, 'value');
          readExpression(nodes, value, this.#scope, out);
          // `var x;` keeps what x holds; `let x;` makes it undefined.
          if (value >= 0 || nodes.is(node, 'lexical_declaration'))
            definePattern(nodes, nodes.child(part, 'name'), value < 0 ? 'declaration' : 'assignment', this.#scope, out);
        }
        return;
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'enum_declaration': {
        const name = nodes.child(node, 'name');
        readExpression(nodes, node, this.#scope, out);
        if (name >= 0)
          out.define(
            this.#scope.variable(nodes.slice(name)),
            nodes.typeName(node).includes('function') ? 'function' : 'class',
            name,
          );
        return;
      }
      case 'import_statement':
        for (let at = node; at < nodes.tree.subtreeEnd[node]!; at++) {
          const bound = nodes.is(at, 'import_specifier')
            ? nodes.child(at, 'alias') >= 0
              ? nodes.child(at, 'alias')
              : nodes.child(at, 'name')
            : nodes.is(at, 'namespace_import')
              ? nodes.firstNamed(at)
              : nodes.is(at, 'identifier') && nodes.is(nodes.parent(at), 'import_clause')
                ? at
                : -1;
          if (bound >= 0) out.define(this.#scope.variable(nodes.slice(bound)), 'import', bound);
        }
        return;
      default:
        children(nodes, node).forEach((child) => readExpression(nodes, child, this.#scope, out));
    }
  }

  #for(node: number, named: { readonly label?: string }): readonly FlowStatement[] {
    const nodes = this.#nodes;
    const initializer = nodes.child(node, 'initializer');
    const condition = nodes.child(node, 'condition');
    const increment = nodes.child(node, 'increment');
    const hasTest = condition >= 0 && !nodes.is(condition, 'empty_statement');
    return this.#inBlock(initializer < 0 ? [] : blockNames(nodes, [initializer]), () => {
      const first =
        initializer < 0 || nodes.is(initializer, 'empty_statement')
          ? []
          : [
              {
                kind: 'step' as const,
                step: nodes.typeName(initializer).endsWith('_declaration')
                  ? this.#simple(initializer)
                  : this.#expression(initializer),
              },
            ];
      return [
        ...first,
        {
          kind: 'loop',
          ...(hasTest
            ? {
                test: this.#expression(
                  nodes.is(condition, 'expression_statement') ? nodes.firstNamed(condition) : condition,
                ),
              }
            : {}),
          testAt: 'start',
          isEndless: !hasTest || this.#isTrue(condition),
          ...(increment < 0 ? {} : { update: this.#expression(increment) }),
          body: this.#body(nodes.child(node, 'body')),
          otherwise: [],
          ...named,
        },
      ];
    });
  }

  #forIn(node: number, named: { readonly label?: string }): readonly FlowStatement[] {
    const nodes = this.#nodes;
    const left = nodes.child(node, 'left');
    const right = nodes.child(node, 'right');
    const kind = nodes.child(node, 'kind');
    const iterable = this.#expression(right);
    return this.#inBlock(kind >= 0 && nodes.slice(kind) !== 'var' ? patternNames(nodes, left) : [], () => {
      const test = this.#collect((out) => {
        out.mayThrow = true;
        if (/^for\s+await\b/.test(nodes.oneLine(nodes.tree.start[node]!, nodes.tree.start[left]!, 40)))
          out.suspends = 'await';
      }).step(node, right, nodes.oneLine(nodes.tree.start[node]!, nodes.tree.end[right]! + 1, 100));
      return [
        { kind: 'step', step: iterable },
        {
          kind: 'loop',
          test,
          testAt: 'start',
          isEndless: false,
          binds: this.#collect((out) => definePattern(nodes, left, 'loop', this.#scope, out)).step(left),
          body: this.#body(nodes.child(node, 'body')),
          otherwise: [],
          ...named,
        },
      ];
    });
  }

  #switch(node: number, named: { readonly label?: string }): FlowStatement {
    const nodes = this.#nodes;
    const clauses = children(nodes, nodes.child(node, 'body'));
    const bodyOf = (clause: number): readonly number[] =>
      children(nodes, clause).filter((child) => nodes.fieldIs(child, 'body'));
    const subject = this.#expression(nodes.child(node, 'value'));
    return this.#inBlock(
      clauses.flatMap((clause) => blockNames(nodes, bodyOf(clause))),
      () => ({
        kind: 'switch',
        subject,
        fallsThrough: true,
        ...named,
        cases: clauses.map((clause): FlowCase => {
          const value = nodes.child(clause, 'value');
          const test =
            value < 0
              ? undefined
              : this.#collect((out) => readExpression(nodes, value, this.#scope, out)).step(
                  value,
                  value,
                  `case ${nodes.oneLine(nodes.tree.start[value]!, nodes.tree.end[value]!, 90)}`,
                );
          return { test, isIrrefutable: false, body: this.#statements(bodyOf(clause)) };
        }),
      }),
    );
  }

  #try(node: number): FlowStatement {
    const nodes = this.#nodes;
    const handler = nodes.child(node, 'handler');
    const finalizer = nodes.child(node, 'finalizer');
    const parameter = nodes.child(handler, 'parameter');
    const handlers =
      handler < 0
        ? []
        : [
            this.#inBlock(patternNames(nodes, parameter), (): FlowHandler => ({
              test: new StepCollector(nodes, this.#index).step(
                handler,
                parameter < 0 ? handler : parameter,
                parameter < 0 ? 'catch' : `catch (${nodes.slice(parameter)})`,
              ),
              catchesAll: true,
              ...(parameter < 0
                ? {}
                : {
                    binds: this.#collect((out) => definePattern(nodes, parameter, 'exception', this.#scope, out)).step(
                      parameter,
                    ),
                  }),
              body: this.#body(nodes.child(handler, 'body')),
            })),
          ];
    return {
      kind: 'try',
      body: this.#body(nodes.child(node, 'body')),
      handlers,
      otherwise: [],
      finally: finalizer < 0 ? undefined : this.#body(finalizer),
    };
  }
}

/** The function (or the program) at a node of the tree. */
export function ecmascriptFlow(nodes: SyntaxNodes, index: TextIndex, node: number): FlowFunction {
  return new EcmascriptStatements(nodes, index).function(node);
}

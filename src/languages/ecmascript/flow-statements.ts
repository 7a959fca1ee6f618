import { FlowOp } from '#model/flow.ts';
import type {
  BindingPattern,
  ForStatementLeft,
  Node,
  Statement,
  TSEnumDeclaration,
  TSGlobalDeclaration,
  TSModuleDeclaration,
  VariableDeclaration,
} from './estree.ts';
import { annotatedType, keyName } from './estree.ts';
import { ContainerKind } from '#model/flow.ts';
import { constantOf } from './flow-constants.ts';
import { evaluateAlias, evaluateInterface } from './flow-classes.ts';
import { awaited, iterated } from './flow-expressions.ts';
import { exportStatement, importStatement } from './flow-modules.ts';
import { assume } from './flow-narrowing.ts';
import { commonExports } from './flow-members.ts';
import { type FlowPass, inScope } from './flow-pass.ts';
import { assignTarget } from './flow-patterns.ts';
import { typedText } from './flow-documented-types.ts';
import { lookup } from './scope.ts';

/** Functions are known in all of their block; the other statements run in order. */
export function runStatements(pass: FlowPass, body: readonly Statement[]): void {
  for (const statement of body) {
    const inner =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if ((inner?.type === 'FunctionDeclaration' || inner?.type === 'TSDeclareFunction') && inner.id) {
      const binding = lookup(pass.scope, inner.id.name);
      const slot = pass.callable(inner, -1);
      // Of overloads, the implementation is the one that runs.
      if (binding && (inner.body || binding.symbol === pass.unit.symbols.get(inner))) pass.writer.assign(binding, slot);
    }
  }
  for (const statement of body) run(pass, statement);
}

function run(pass: FlowPass, node: Statement): void {
  const { writer } = pass;
  switch (node.type) {
    case 'ExpressionStatement':
      pass.value(node.expression);
      return;
    case 'VariableDeclaration':
      return variables(pass, node);
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      if (!node.id) pass.callable(node, -1);
      return;
    case 'ClassDeclaration': {
      const slot = pass.classValue(node);
      const binding = node.id ? lookup(pass.scope, node.id.name) : undefined;
      if (binding) writer.assign(binding, slot);
      return;
    }
    case 'ReturnStatement':
      if (node.argument) writer.copy(pass.frame.returns, pass.value(node.argument));
      writer.dead = true;
      return;
    case 'ThrowStatement': {
      const slot = pass.value(node.argument);
      writer.copy(pass.thrown.at(-1) ?? pass.uncaught, slot);
      writer.dead = true;
      return;
    }
    case 'BreakStatement':
    case 'ContinueStatement':
      writer.dead = true;
      return;
    case 'IfStatement': {
      pass.value(node.test);
      const mark = writer.mark();
      assume(pass, node.test, true);
      run(pass, node.consequent);
      const first = writer.collect(mark);
      assume(pass, node.test, false);
      if (node.alternate) run(pass, node.alternate);
      writer.join(first, writer.collect(mark));
      return;
    }
    case 'BlockStatement':
      return inScope(pass, node, () => runStatements(pass, node.body));
    case 'ForStatement':
      return inScope(pass, node, () => {
        if (node.init?.type === 'VariableDeclaration') variables(pass, node.init);
        else if (node.init) pass.value(node.init);
        loop(pass, node, () => {
          if (node.test) pass.value(node.test);
          if (node.test) assume(pass, node.test, true);
          run(pass, node.body);
          if (node.update) pass.value(node.update);
        });
      });
    case 'WhileStatement':
      return loop(pass, node, () => {
        pass.value(node.test);
        assume(pass, node.test, true);
        run(pass, node.body);
      });
    case 'DoWhileStatement':
      return loop(pass, node, () => {
        run(pass, node.body);
        pass.value(node.test);
      });
    case 'ForInStatement':
    case 'ForOfStatement': {
      const source = pass.value(node.right);
      return inScope(pass, node, () =>
        loop(pass, node, () => {
          let item = node.type === 'ForOfStatement' ? iterated(pass, source, node.right.start) : -1;
          if (node.type === 'ForOfStatement' && node.await) item = awaited(pass, item, node.right.start);
          loopVariable(pass, node.left, item);
          run(pass, node.body);
        }),
      );
    }
    case 'SwitchStatement': {
      pass.value(node.discriminant);
      return inScope(pass, node, () => {
        const meeting = writer.meet(node.start, node.end);
        for (const { test, consequent } of node.cases) {
          writer.restart(meeting);
          if (test) pass.value(test);
          runStatements(pass, consequent);
        }
        writer.part(meeting);
      });
    }
    case 'TryStatement': {
      const meeting = writer.meet(node.start, node.end);
      const thrown = writer.slot();
      pass.thrown.push(thrown);
      run(pass, node.block);
      pass.thrown.pop();
      if (node.handler) {
        const { handler } = node;
        writer.restart(meeting);
        inScope(pass, handler, () => {
          writer.copy(thrown, pass.uncaught);
          if (handler.param) assignTarget(pass, handler.param, thrown, true);
          run(pass, handler.body);
        });
      }
      if (node.finalizer) {
        writer.restart(meeting);
        run(pass, node.finalizer);
      }
      return writer.part(meeting);
    }
    case 'LabeledStatement': {
      const meeting = writer.meet(node.start, node.end);
      run(pass, node.body);
      return writer.part(meeting);
    }
    case 'WithStatement':
      pass.value(node.object);
      return run(pass, node.body);
    case 'ImportDeclaration':
    case 'TSImportEqualsDeclaration':
      return importStatement(pass, node);
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
      return exportStatement(pass, node, (statement) => run(pass, statement));
    case 'TSExportAssignment':
      commonExports(pass);
      return writer.copy(pass.moduleExportsSlot, pass.value(node.expression));
    case 'TSInterfaceDeclaration':
      return evaluateInterface(pass, node);
    case 'TSTypeAliasDeclaration':
      return evaluateAlias(pass, node);
    case 'TSEnumDeclaration':
      return enumeration(pass, node);
    case 'TSModuleDeclaration':
      return namespace(pass, node);
    default:
      return;
  }
}

function loop(pass: FlowPass, node: Node, body: () => void): void {
  const meeting = pass.writer.meet(node.start, node.end);
  body();
  pass.writer.part(meeting);
}

function variables(pass: FlowPass, node: VariableDeclaration): void {
  for (const declarator of node.declarations) {
    const { id, init } = declarator;
    const binding = id.type === 'Identifier' ? lookup(pass.scope, id.name) : undefined;
    if (binding && init && binding.writes <= 1) {
      const text = constantOf(pass, init);
      if (text !== undefined) pass.texts.set(binding, text);
    }
    const row = init ? pass.unit.importRows.get(init) : undefined;
    let slot = -1;
    if (init && row !== undefined && row >= 0 && init.type === 'MemberExpression') {
      // `const a = require("m").a`: one import.
      slot = pass.writer.slot();
      pass.writer.emit(FlowOp.import, slot, row);
    } else if (init) slot = pass.value(init);
    if (binding && binding.symbol >= 0) {
      const type = pass.unit.documented.get(binding.symbol)?.type;
      if (type !== undefined) slot = pass.writer.union(slot, typedText(pass, type, 0));
    }
    if (init || annotatedType(annotationOf(id)) || node.declare) assignTarget(pass, id, slot, true);
    // What is declared with `using` is disposed of at the end of the block.
    if (slot >= 0 && (node.kind === 'using' || node.kind === 'await using'))
      for (const method of ['@@dispose', '@@asyncDispose'])
        pass.writer.emit(FlowOp.protocol, -1, slot, pass.unit.facts.string(method), -1, -1);
  }
}

function annotationOf(pattern: BindingPattern): Parameters<typeof annotatedType>[0] {
  return 'typeAnnotation' in pattern ? pattern.typeAnnotation : undefined;
}

function loopVariable(pass: FlowPass, left: ForStatementLeft, item: number): void {
  if (left.type !== 'VariableDeclaration') return assignTarget(pass, left, item, false);
  for (const { id } of left.declarations) assignTarget(pass, id, item, true);
}

function enumeration(pass: FlowPass, node: TSEnumDeclaration): void {
  const { writer } = pass;
  const binding = lookup(pass.scope, node.id.name);
  const slot = writer.object(ContainerKind.object);
  inScope(pass, node, () => {
    for (const member of node.body.members) {
      const name = keyName(member.id, member.computed);
      const value = member.initializer ? pass.value(member.initializer) : -1;
      if (name !== undefined) writer.store(slot, name, value);
      const local = name === undefined ? undefined : pass.scope.values.get(name);
      if (local && value >= 0) writer.assign(local, value);
    }
  });
  if (binding) writer.assign(binding, slot);
}

/** A namespace is an object whose members are what it exports; it merges with a class, function or enum of its name. */
function namespace(pass: FlowPass, node: TSModuleDeclaration | TSGlobalDeclaration): void {
  const { writer, unit } = pass;
  const { body } = node;
  if (!body) return;
  const name = node.id.type === 'Identifier' ? node.id.name : undefined;
  const binding = name === undefined ? undefined : lookup(pass.scope, name);
  const merged = binding && binding.slot >= 0;
  const slot = merged ? writer.read(binding) : writer.object(ContainerKind.object);
  if (binding && !merged) writer.assign(binding, slot);
  const outer = pass.frame;
  pass.frame = { ...outer, symbol: unit.symbols.get(node) ?? outer.symbol, receiver: -1 };
  inScope(pass, node, () => {
    runStatements(pass, body.body);
    for (const [member, value] of pass.scope.values)
      if (value.scope === pass.scope) writer.store(slot, member, writer.read(value));
    for (const [member, value] of pass.scope.types ?? [])
      if (value.slot >= 0) writer.store(slot, member, writer.read(value));
  });
  pass.frame = outer;
}

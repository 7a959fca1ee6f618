/** Python to FileFacts: scopes and symbols first, then the flow program with references, then metrics. */
import { METRIC_STRIDE, MetricColumn, SymbolColumn } from '#model/facts.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import type { FileFacts } from '#model/facts.ts';
import { FlowOp, FlowFunctionColumn } from '#model/flow.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { classifyLines, countLines } from '../line-classes.ts';
import { computeMetrics, metricTable, type MetricTable } from '../syntax/metrics.ts';
import { TextIndex } from '../text-index.ts';
import { loadGrammar, parseSyntaxTree } from '../tree-sitter.ts';
import { lackOfCohesion } from './cohesion.ts';
import { Context, type FunctionBody } from './context.ts';
import { Declarations } from './declarations.ts';
import { walkBody } from './definitions.ts';
import { evaluate } from './expressions.ts';
import { Kind, pythonGrammar, type PythonGrammar } from './grammar.ts';
import { pythonMetrics } from './metrics.ts';
import { execute } from './statements.ts';
import { addFlag } from './symbol-rows.ts';
import { Unit } from './unit.ts';

let grammar: PythonGrammar | undefined;
let table: MetricTable | undefined;

export const pythonExtractor: Extractor = {
  async prepare() {
    await loadGrammar('python');
  },

  extract({ text, language, declarations: isDeclaration, index, lineClasses: known }: ExtractInput): FileFacts {
    const tree = parseSyntaxTree(text, 'python');
    grammar ??= pythonGrammar(tree.typeNames, tree.fieldNames);
    table ??= metricTable(pythonMetrics, tree.typeNames, tree.fieldNames);
    const facts = new FactsBuilder(language, 'flow');
    facts.partial = tree.hasError;
    const unit = new Unit(tree, index ?? new TextIndex(text), facts, grammar, isDeclaration);
    const declarations = new Declarations(unit);
    declarations.run();
    addExports(declarations);
    if (runsAsScript(unit)) addFlag(unit, 0, SymbolFlag.entryPoint);
    walkFlow(declarations);
    const lineClasses = known ?? classifyLines(text, 'python');
    facts.lines = countLines(lineClasses);
    addMetrics(declarations, table, lineClasses);
    return facts.finish();
  },
};

/** Whether the module body holds `if __name__ == "__main__":`. */
function runsAsScript(unit: Unit): boolean {
  for (let node = unit.firstNamed(0); node >= 0; node = unit.nextNamed(node, 0)) {
    const condition = unit.kind(node) === Kind.if_statement ? unit.child(node, unit.fields.condition) : -1;
    if (condition >= 0 && mainGuard.test(unit.textOf(condition))) return true;
  }
  return false;
}

const mainGuard = /^\(?\s*(?:__name__\s*==\s*(['"])__main__\1|(['"])__main__\2\s*==\s*__name__)\s*\)?$/;

function walkFlow(declarations: Declarations): void {
  const { unit, scopes } = declarations;
  const { facts } = unit;
  facts.flowLists.list([0]);
  const returns = facts.flowSlots++;
  facts.flowFunctions.add(0, -1, -1, 0, -1, returns, -1, 0, 0, 0, -1);
  const module: FunctionBody = {
    row: 0,
    node: 0,
    scope: 0,
    symbol: 0,
    classRow: -1,
    returns,
    yields: -1,
    sent: -1,
    parameters: [],
  };
  const context = new Context(declarations, module);
  context.evaluate = (node) => evaluate(context, node);
  context.execute = (node) => execute(context, node);
  context.flow.beginFunction();
  execute(context, 0);
  for (const [name, variable] of scopes.variablesOf(0)) {
    const slot = context.flow.read(variable);
    if (slot < 0) continue;
    let outward = slot;
    if (
      scopes.readElsewhere[variable] &&
      !scopes.writtenElsewhere[variable] &&
      scopes.bindings[variable]! > 0 &&
      isPlain(declarations, variable)
    ) {
      // What another module stores under the name is what this module's functions read.
      outward = context.flow.copied(slot);
      context.flow.copy(context.flow.merged(variable), outward);
    }
    context.flow.emit(FlowOp.export, unit.nameString(name), outward);
  }
  facts.flowFunctions.set(0, FlowFunctionColumn.operationCount, facts.flow.rows);
  for (let next = 0; next < context.pending.length; next++) walkBody(context, context.pending[next]!);
}

/** Neither a definition nor an import: an assigned variable. */
function isPlain({ scopes, unit }: Declarations, variable: number): boolean {
  const symbol = scopes.variableSymbol[variable]!;
  return symbol >= 0 && plainKinds.has(unit.facts.symbols.get(symbol, SymbolColumn.kind));
}

const plainKinds = new Set([symbolKinds.indexOf('variable'), symbolKinds.indexOf('constant')]);

/** Every module-level name; a star import takes those of `__all__`, or without one those that do not begin with `_`. */
function addExports({ unit, scopes, outward }: Declarations): void {
  const { facts } = unit;
  const { names } = outward;
  for (const [name, variable] of scopes.variablesOf(0)) {
    const text = unit.names.text(name);
    const isStar = names ? names.has(text) : !text.startsWith('_');
    const symbol = scopes.variableSymbol[variable]!;
    facts.exports.add(facts.string(text), symbol, symbol < 0 ? scopes.variableImport[variable]! : -1, isStar ? 1 : 0);
    if (symbol >= 0 && isStar) addFlag(unit, symbol, SymbolFlag.exported);
  }
  const own = new Set<string>();
  for (const [name] of scopes.variablesOf(0)) own.add(unit.names.text(name));
  // `__all__` may name submodules and what a star import brought.
  for (const text of names ?? []) if (!own.has(text)) facts.exports.add(facts.string(text), -1, -1, 1);
  const { symbols } = facts;
  for (let row = 1; row < symbols.rows; row++) {
    // Public members of what is exported are outward too.
    const parent = symbols.get(row, SymbolColumn.parent);
    const isMember =
      parent > 0 &&
      (symbols.get(parent, SymbolColumn.flags) & SymbolFlag.exported) !== 0 &&
      classKinds.has(symbols.get(parent, SymbolColumn.kind));
    if (isMember && symbols.get(row, SymbolColumn.visibility) === 0) addFlag(unit, row, SymbolFlag.exported);
  }
}

/** class, enum */
const classKinds = new Set([2, 5]);

function addMetrics(declarations: Declarations, metrics: MetricTable, lineClasses: Uint8Array): void {
  const { unit, measured } = declarations;
  const { symbols, metrics: rows } = unit.facts;
  const scopes = measured.map(({ node, kind, symbol }) => ({
    node,
    kind,
    startLine: symbols.get(symbol, SymbolColumn.startLine),
    endLine: symbols.get(symbol, SymbolColumn.endLine),
  }));
  const computed = computeMetrics(unit.tree, metrics, scopes, lineClasses);
  const cohesion = lackOfCohesion(declarations);
  measured.forEach(({ symbol }, index) => {
    const row = rows.add(symbol, ...computed.subarray(index * METRIC_STRIDE + 1, (index + 1) * METRIC_STRIDE));
    symbols.set(symbol, SymbolColumn.metrics, row);
    const lack = cohesion.get(symbol);
    if (lack !== undefined) rows.set(row, MetricColumn.lackOfCohesion, lack);
  });
}

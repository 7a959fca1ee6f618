/** Local variables that are given a value and never read, by how their name comes to be. */
import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { EsFile, Rule, TreeFile } from '../rule.ts';
import type { EsReference, EsScope, EsVariable } from './ecmascript-variables.ts';
import { isFunctionNode } from './ecmascript-nodes.ts';
import type { PyScope, PyVariable } from './python-scopes.ts';

/** `value`: an assignment's own; `part`: one of several that an unpacking yields. */
export type LocalBinding = 'value' | 'part' | 'loop' | 'block' | 'exception' | 'caught';

/** The visitors of a rule that reports the bindings for which `wants` holds. */
export function unusedLocals(
  wants: (binding: LocalBinding) => boolean,
  confidence?: number,
): Pick<Rule, 'ecmascript' | 'tree'> {
  const options = confidence === undefined ? {} : { confidence };
  return {
    ecmascript: (file) => ({
      end: () => {
        if (file.isPartial || file.isDeclaration) return;
        for (const scope of file.scopes.all)
          for (const variable of scope.variables.values()) {
            const found = unusedInScript(file, scope, variable);
            if (found && wants(found.binding))
              file.report(
                found.node,
                sentence(
                  variable.name,
                  variable.references.some(({ isInit, isWrite }) => isWrite && !isInit),
                ),
                options,
              );
          }
      },
    }),
    tree: {
      python: (file) => ({
        end: () => {
          if (file.isPartial) return;
          for (const scope of file.python.all)
            for (const variable of scope.variables.values()) {
              const binding = unusedInPython(file, scope, variable);
              if (binding !== undefined && wants(binding))
                file.report(
                  file.at(variable.bindings[0]!.node),
                  sentence(variable.name, variable.bindings.length > 1),
                  options,
                );
            }
        },
      }),
    },
  };
}

function sentence(name: string, isWritten: boolean): string {
  return isWritten ? `\`${name}\` is written and never read.` : `\`${name}\` is given a value and never read.`;
}

function unusedInScript(
  file: EsFile,
  scope: EsScope,
  variable: EsVariable,
): { readonly node: EsNode; readonly binding: LocalBinding } | undefined {
  const { name, kind, references } = variable;
  const node = variable.declarations[0];
  if (!node || scope.parent === undefined || !/^(?:var|let|const|catch)$/.test(kind) || name.startsWith('_'))
    return undefined;
  if (references.some((one) => isUse(file, one))) return undefined;
  for (let at: EsScope | undefined = scope; at; at = at.parent)
    if (at.isDynamic || at.node.type.startsWith('TSModule')) return undefined;
  if (kind === 'catch') return { node, binding: 'caught' };
  let at: EsNode | undefined = file.parent(node);
  let binding: LocalBinding = 'value';
  for (; at && at.type !== 'VariableDeclarator'; at = file.parent(at)) {
    if (at.type === 'ObjectPattern' && at.properties.some(({ type }) => type === 'RestElement')) return undefined;
    if (at.type === 'ArrayPattern' || at.type === 'RestElement') binding = 'part';
    if (isFunctionNode(at)) return undefined;
  }
  if (!at) return undefined;
  // A function with a name is judged as a function.
  if (at.init && (isFunctionNode(at.init) || at.init.type === 'ClassExpression')) return undefined;
  const declaration = file.parent(at);
  if (declaration?.type !== 'VariableDeclaration' || /using/.test(declaration.kind) || declaration.declare)
    return undefined;
  const around = file.parent(declaration);
  if (around && /^For(?:Of|In)Statement$/.test(around.type)) binding = 'loop';
  return { node, binding };
}

/** `n++` and `n += 1` as statements of their own read it for nobody. */
function isUse(file: EsFile, { node, isRead, isWrite, isType }: EsReference): boolean {
  if (isType) return true;
  if (!isRead) return false;
  if (!isWrite) return true;
  const change = file.parent(node);
  return !(
    change &&
    (change.type === 'UpdateExpression' || change.type === 'AssignmentExpression') &&
    file.parent(change)?.type === 'ExpressionStatement'
  );
}

const looksAtNames = /\b(?:locals|vars|eval|exec|dir)\s*\(/;

function unusedInPython({ nodes }: TreeFile, scope: PyScope, variable: PyVariable): LocalBinding | undefined {
  const { name, bindings, reads } = variable;
  if (scope.kind !== 'function' && scope.kind !== 'comprehension') return undefined;
  if (name.startsWith('_') || bindings.length === 0 || scope.globals.has(name) || scope.nonlocals.has(name))
    return undefined;
  if (bindings.some(({ kind }) => !/^(?:assignment|augmented|loop|exception|with|pattern)$/.test(kind)))
    return undefined;
  const changes = new Set(bindings.flatMap(({ kind, node }) => (kind === 'augmented' ? [node] : [])));
  if (reads.some((node) => !changes.has(node)) || looksAtNames.test(nodes.slice(scope.node))) return undefined;
  const kinds = bindings.map(({ kind, node }): LocalBinding => {
    if (kind === 'loop' || kind === 'exception') return kind;
    if (kind === 'with') return 'block';
    if (kind === 'pattern') return 'part';
    return isPart(nodes, node) ? 'part' : 'value';
  });
  // What only one of its ways in excuses is excused: the name is there for that one.
  return kinds.find((kind) => kind !== 'value') ?? 'value';
}

/** One of several names on the left of an assignment. */
function isPart(nodes: TreeFile['nodes'], node: number): boolean {
  const parent = nodes.typeName(nodes.parent(node));
  return (
    parent === 'pattern_list' ||
    parent === 'tuple_pattern' ||
    parent === 'list_pattern' ||
    parent === 'list_splat_pattern' ||
    parent === 'tuple' ||
    parent === 'list'
  );
}

import type { Node } from './tree.ts';

type EachChild = (node: Node, visit: (child: Node) => void) => void;

const expressions = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
  'TSEnumDeclaration',
  'TSEnumBody',
  'TSEnumMember',
  'TSExportAssignment',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSImportEqualsDeclaration',
]);

/**
 * Names that stand where values stand, whatever they mean there: an import of none of them is of types alone. `export x` for
 * names that the file may export as values: it declares or imports them.
 */
export function valueNames(program: Node, eachChild: EachChild): ReadonlySet<string> {
  const names = new Set<string>();
  const types = new Set<string>();
  const exported: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration') types.add(node.id.name);
    if (node.type.startsWith('TS') && !expressions.has(node.type)) return;
    if (node.type === 'ImportDeclaration') {
      if (node.importKind === 'type') for (const each of node.specifiers) types.add(each.local.name);
      return;
    }
    if (node.type === 'ExportNamedDeclaration' && !node.declaration) {
      for (const { local, exportKind } of node.specifiers) {
        if (node.source || node.exportKind === 'type' || exportKind === 'type' || local.type !== 'Identifier') continue;
        exported.push(local.name);
      }
      return;
    }
    if (node.type === 'Identifier' || node.type === 'JSXIdentifier') names.add(node.name);
    if (node.type === 'MemberExpression' && !node.computed) {
      visit(node.object);
      return;
    }
    if (node.type === 'ImportSpecifier') return;
    eachChild(node, visit);
  };
  visit(program);
  for (const name of exported) {
    if (types.has(name) && !names.has(name)) continue;
    names.add(name);
    names.add(`export ${name}`);
  }
  // Classic JSX calls it without naming it.
  names.add('React');
  return names;
}

/** Import and export statements as flow. */
import { Binding as BindingKind } from '#model/facts.ts';
import { FlowOp } from '#model/flow.ts';
import type {
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  Statement,
  TSImportEqualsDeclaration,
} from './estree.ts';
import { patternNames } from './declare-modules.ts';
import { type FlowPass, refer, referName } from './flow-pass.ts';
import { typeSlot } from './flow-types.ts';
import { evaluateInterface } from './flow-classes.ts';
import { lookup, lookupType } from './scope.ts';

export function importStatement(pass: FlowPass, node: ImportDeclaration | TSImportEqualsDeclaration): void {
  const { writer, unit } = pass;
  const bind = (name: string, row: number, offset: number): void => {
    refer(pass, 'import', name, offset, BindingKind.imported, row);
    const binding = lookup(pass.scope, name);
    if (!binding) return;
    const slot = writer.slot();
    writer.emit(FlowOp.import, slot, row);
    writer.assign(binding, slot);
  };
  if (node.type === 'ImportDeclaration') {
    for (const item of node.specifiers) {
      const row = unit.importRows.get(item);
      if (row !== undefined) bind(item.local.name, row, item.local.start);
    }
    return;
  }
  const row = unit.importRows.get(node);
  if (row !== undefined) return bind(node.id.name, row, node.id.start);
  const { moduleReference } = node;
  const binding = lookup(pass.scope, node.id.name);
  if (binding && moduleReference.type !== 'TSExternalModuleReference')
    writer.assign(binding, typeSlot(pass, moduleReference));
}

export function exportStatement(
  pass: FlowPass,
  node: ExportNamedDeclaration | ExportDefaultDeclaration | ExportAllDeclaration,
  run: (statement: Statement) => void,
): void {
  const { unit } = pass;
  switch (node.type) {
    case 'ExportAllDeclaration': {
      const row = unit.importRows.get(node);
      if (node.exported && row !== undefined)
        exportSlot(
          pass,
          node.exported.type === 'Literal' ? node.exported.value : node.exported.name,
          imported(pass, row),
        );
      return;
    }
    case 'ExportDefaultDeclaration': {
      const { declaration } = node;
      if (declaration.type === 'TSInterfaceDeclaration') {
        evaluateInterface(pass, declaration);
        return exportLocal(pass, 'default', declaration.id.name);
      }
      if (
        (declaration.type === 'FunctionDeclaration' ||
          declaration.type === 'ClassDeclaration' ||
          declaration.type === 'TSDeclareFunction') &&
        declaration.id
      ) {
        run(declaration);
        return exportLocal(pass, 'default', declaration.id.name);
      }
      return exportSlot(
        pass,
        'default',
        declaration.type === 'TSDeclareFunction' ? pass.callable(declaration, -1) : pass.value(declaration as never),
      );
    }
    case 'ExportNamedDeclaration': {
      for (const item of node.specifiers) {
        const name = item.exported.type === 'Literal' ? item.exported.value : item.exported.name;
        const local = item.local.type === 'Literal' ? item.local.value : item.local.name;
        const row = unit.importRows.get(item);
        if (row !== undefined) {
          refer(pass, 'import', local, item.local.start, BindingKind.imported, row);
          exportSlot(pass, name, imported(pass, row));
        } else {
          referName(
            pass,
            'read',
            local,
            item.local.start,
            -1,
            lookup(pass.scope, local) ?? lookupType(pass.scope, local),
          );
          exportLocal(pass, name, local);
        }
      }
      const { declaration } = node;
      if (!declaration) return;
      run(declaration);
      // Members of a namespace are exported with it.
      if (pass.scope !== unit.moduleScope) return;
      if (declaration.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations)
          for (const name of patternNames(id)) exportLocal(pass, name, name);
      } else if ('id' in declaration && declaration.id?.type === 'Identifier')
        exportLocal(pass, declaration.id.name, declaration.id.name);
    }
  }
}

function imported(pass: FlowPass, row: number): number {
  const slot = pass.writer.slot();
  pass.writer.emit(FlowOp.import, slot, row);
  return slot;
}

function exportSlot(pass: FlowPass, name: string, slot: number): void {
  if (slot >= 0) pass.writer.emit(FlowOp.export, pass.unit.facts.string(name), slot);
}

function exportLocal(pass: FlowPass, name: string, local: string): void {
  const value = lookup(pass.scope, local);
  if (value) exportSlot(pass, name, pass.writer.read(value));
  const type = lookupType(pass.scope, local);
  if (type && type !== value) exportSlot(pass, name, pass.writer.read(type));
}

import { SymbolFlag } from '#model/vocabulary.ts';
import { isTypeKind } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import { isConstant, scoped } from './ruby-constants.ts';

/** Calls that declare something (`attr_reader`, `include`, `require`); returns whether it was one. */
export function classBodyCall(x: Extraction, node: number, name: string): boolean {
  const list = x.child(node, 'arguments');
  switch (name) {
    case 'require':
    case 'require_relative':
    case 'load':
    case 'autoload': {
      const last = name === 'autoload' ? x.lastNamed(list) : x.firstNamed(list);
      const content = x.childOfType(last, 'string_content');
      if (content >= 0) x.import(name === 'require_relative' ? 'include' : 'module', node, x.slice(content));
      return true;
    }
    case 'include':
    case 'extend':
    case 'prepend':
      if (!isTypeKind(x.kindOf(x.symbol))) return false;
      for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at))
        if (isConstant(x, at)) scoped(x, at, 'inherit', -1);
      return true;
    case 'attr_accessor':
    case 'attr_reader':
    case 'attr_writer':
    case 'attr':
    case 'cattr_accessor':
    case 'mattr_accessor':
      if (!isTypeKind(x.kindOf(x.symbol))) return false;
      eachSymbol(x, list, (at, text) => {
        const flags =
          (name === 'attr_writer' ? 0 : SymbolFlag.getter) |
          (name === 'attr_reader' || name === 'attr' ? 0 : SymbolFlag.setter);
        x.declare({ node: at, kind: 'property', nameNode: -1, name: text, flags });
      });
      return true;
    case 'alias_method': {
      const first = x.firstNamed(list);
      if (x.is(first, 'simple_symbol'))
        x.declare({ node: first, kind: 'method', nameNode: -1, name: x.slice(first).slice(1) });
      return true;
    }
    case 'define_method': {
      const first = x.firstNamed(list);
      if (!x.is(first, 'simple_symbol')) return false;
      const symbol = x.declare({ node, kind: 'method', nameNode: -1, name: x.slice(first).slice(1) });
      x.enter(node, symbol);
      return true;
    }
    default:
      return (
        /^(?:private|public|protected|module_function|private_class_method|private_constant|raise|puts|loop|lambda|proc)$/.test(
          name,
        ) && name !== 'puts'
      );
  }
}

function eachSymbol(x: Extraction, list: number, visit: (node: number, text: string) => void): void {
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at))
    if (x.is(at, 'simple_symbol')) visit(at, x.slice(at).slice(1));
}

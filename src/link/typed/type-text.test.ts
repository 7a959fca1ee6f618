import { describe, expect, it } from 'vitest';
import { parseType, type TypeNode } from './type-text.ts';

function show(node: TypeNode | undefined): string {
  if (!node) return '-';
  switch (node.shape) {
    case 'named':
      return node.name + (node.args.length ? `<${node.args.map(show).join()}>` : '');
    case 'array':
      return `${show(node.element)}[]`;
    case 'tuple':
      return `(${node.items.map(show).join()})`;
    case 'function':
      return `fn ${show(node.result)}`;
  }
}

describe('parseType', () => {
  it.each([
    ['*http.Client', 'http.Client'],
    ['[]*T', 'T[]'],
    ['map[string][]pkg.T', 'pkg.T[][]'],
    ['<-chan T', 'T[]'],
    ['(int, error)', '(int,error)'],
    ['func(a int) (T, error)', 'fn (T,error)'],
    ['G[int, T]', 'G<int,T>'],
    ['[4]T', 'T[]'],
    ['[n]T', 'T[]'],
    ['interface{}', '-'],
    ['Map<String, List<Foo>>', 'Map<String,List<Foo>>'],
    ['Foo[]', 'Foo[]'],
    ['List<? extends Foo>', 'List<Foo>'],
    ['Outer<T>.Inner', 'Outer.Inner'],
    ['const std::vector<int> &', 'std::vector<int>'],
    ['struct node *', 'node'],
    ['char **', 'char'],
    ['std::vector<T>::iterator', '-'],
    ["&'a mut Vec<T>", 'Vec<T>'],
    ['Box<dyn Tr + Send>', 'Box<Tr>'],
    ['[u8; 3]', 'u8[]'],
    ['Result<(), E>', 'Result<(),E>'],
    ['impl Fn(i32) -> Foo', 'fn Foo'],
    ['?Foo', 'Foo'],
    ['null|Foo', 'Foo'],
    ['\\A\\B', '\\A\\B'],
    ['Foo?', 'Foo'],
    ['(Int) -> Foo', 'fn Foo'],
    ['this Foo', 'Foo'],
    ['Task<int>', 'Task<int>'],
  ])('%s', (text, expected) => expect(show(parseType(text))).toBe(expected));
});

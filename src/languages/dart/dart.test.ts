import { describe, expect, it } from 'vitest';
import type { FileFacts } from '#model/facts.ts';
import { describeSymbol, listExports, listImports, listReferences, listSymbols } from '../facts-listing.ts';
import { extractor } from './dart.ts';

const extract = (text: string): FileFacts => extractor.extract({ text, language: 'dart', declarations: false });

const source = `#!/usr/bin/env dart
/// Shapes and what they weigh.
library shapes.core;

import 'dart:math' as math show pi, max;
import 'package:meta/meta.dart' hide factory;
import 'stub.dart' if (dart.library.io) 'io.dart';
import 'heavy.dart' deferred as heavy;
export 'src/shape.dart' show Shape;
export 'src/all.dart';
part 'circle.g.dart';

typedef Compare<T> = int Function(T a, T b);
typedef void Visit(Shape shape);

const int limit = 10, floor = 1;
final List<Map<String, int>> _cache = load();
late String? name;
int get total => _count() + limit;
set total(int value) { store(value); }

/* class Ghost { /* nested */ void no() {} } */

/// A thing with an area.
@immutable
abstract class Shape<T extends Object> extends Base<T> with Named, math.Scaled<T> implements Comparable<Shape> {
  /// Sides.
  final int sides;
  static const Shape none = Circle(0);
  covariant late final double? _weight = compute(), other;
  static int count = 0, _made = 0;
  void Function(int)? callback;
  (int, String) pair = (1, 'a');

  Shape(this.sides, {required String label, this.callback, int depth = 2});
  const Shape.named(int n, [String? label = 'x']) : sides = n, super.origin(label);
  Shape._(this.sides) : _cache = {'a': f(1)} {
    register(this);
  }
  factory Shape.of(Object json) = Circle.parse;
  factory Shape.make() => Circle(twice(2));

  double area();
  external int native(int a);
  @override
  bool operator ==(Object other) => identical(this, other);
  int operator [](int i) => sides;
  Future<List<T>> all<R>(Map<String, R> by, int Function(String) pick) async {
    int helper(int x) => x + 1;
    if (sides > 2 && by.isNotEmpty || false) {
      for (final entry in by.entries) {
        print('n: \${describe(entry.key)} of $sides');
      }
    }
    final items = <String>[];
    items..add(name!)..addAll(other?.names() ?? []);
    area();
    return await run<T>(helper(1), limit < 3 ? Shape.make() : new Circle(2));
  }
  Stream<int> numbers() async* { yield 1; }
  String get title { return 'class Fake { void no() {} }'; }
  set title(String value) => rename(value);
}

mixin Named on Shape implements Labelled { String label() => r'raw \${no()}'; }
base mixin class Both {}
sealed class Node {}
final class Leaf = Node with Named;
extension Twice<T> on List<T> { List<T> twice() => this + this; }
extension on String { int get size => length; }
extension type const Id._(int value) implements int { Id.parse(String s) : this._(int.parse(s)); }

enum Planet with Named implements Comparable<Planet> {
  @deprecated
  earth(mass: 5.9),
  mars.small(weigh(1));

  const Planet({this.mass = 1});
  final double mass;
  double get gravity => mass;
}
enum Plain { a, b, }

int twice(int x) {
  switch (x) {
    case 1: return 1;
    default: try { return x * 2; } catch (e) { rethrow; }
  }
}
void shadow(int twice(int y)) { twice(1); }
@Deprecated('later')
void main(List<String> arguments) { print(twice(3)); }
`;

describe('Dart', () => {
  const facts = extract(source);

  it('finds declarations with their nesting', () => {
    expect(facts.partial).toBe(false);
    expect(facts.level).toBe('lexical');
    expect(listSymbols(facts)).toMatchInlineSnapshot(`
      [
        "type Compare 13-13 exported",
        "type Visit 14-14 exported",
        "constant limit 16-16 exported readonly",
        "constant floor 16-16 exported readonly",
        "variable _cache 17-17 private readonly",
        "variable name 18-18 exported",
        "property total 19-19 exported getter",
        "property total 20-20 exported setter",
        "class Shape 25-63 exported abstract",
        "field Shape.sides 28-28 exported readonly",
        "constant Shape.none 29-29 exported static readonly",
        "field Shape._weight 30-30 private readonly",
        "field Shape.other 30-30 exported readonly",
        "field Shape.count 31-31 exported static",
        "field Shape._made 31-31 private static",
        "field Shape.callback 32-32 exported",
        "field Shape.pair 33-33 exported",
        "constructor Shape.Shape 35-35 exported",
        "constructor Shape.named 36-36 exported",
        "constructor Shape._ 37-39 private",
        "constructor Shape.of 40-40 exported static",
        "constructor Shape.make 41-41 exported static",
        "method Shape.area 43-43 exported abstract declaration",
        "method Shape.native 44-44 exported declaration",
        "method Shape.== 45-46 exported override operator",
        "method Shape.[] 47-47 exported operator",
        "method Shape.all 48-59 exported async",
        "function Shape.all.helper 49-49",
        "method Shape.numbers 60-60 exported async generator",
        "property Shape.title 61-61 exported getter",
        "property Shape.title 62-62 exported setter",
        "trait Named 65-65 exported",
        "method Named.label 65-65 exported",
        "class Both 66-66 exported",
        "class Node 67-67 exported abstract",
        "class Leaf 68-68 exported final",
        "namespace Twice 69-69 exported",
        "method Twice.twice 69-69 exported",
        "namespace extension on String 70-70",
        "property extension on String.size 70-70 exported getter",
        "struct Id 71-71 exported",
        "constructor Id._ 71-71 private",
        "field Id.value 71-71 exported readonly",
        "constructor Id.parse 71-71 exported",
        "enum Planet 73-81 exported",
        "enum-member Planet.earth 74-75 exported static readonly deprecated",
        "enum-member Planet.mars 76-76 exported static readonly",
        "constructor Planet.Planet 78-78 exported",
        "field Planet.mass 79-79 exported readonly",
        "property Planet.gravity 80-80 exported getter",
        "enum Plain 82-82 exported",
        "enum-member Plain.a 82-82 exported static readonly",
        "enum-member Plain.b 82-82 exported static readonly",
        "function twice 84-89 exported",
        "function shadow 90-90 exported",
        "function main 91-92 exported deprecated entryPoint",
      ]
    `);
  });

  it('reads headers and documentation', () => {
    expect(describeSymbol(facts, 'Shape.all')).toMatchInlineSnapshot(`
      {
        "bytes": [
          1495,
          1935,
        ],
        "cognitive": 5,
        "cyclomatic": 7,
        "declaredType": "",
        "decorators": "",
        "documentation": "",
        "nesting": 2,
        "parameters": [
          "by: Map<String, R>",
          "pick: int Function(String)",
        ],
        "place": [
          48,
          19,
        ],
        "returnType": "Future<List<T>>",
        "signature": "Future<List<T>> all<R>(Map<String, R> by, int Function(String) pick)",
      }
    `);
    expect(describeSymbol(facts, 'Shape').documentation).toBe('A thing with an area.');
    expect(describeSymbol(facts, 'Shape.Shape')).toMatchObject({
      parameters: ['sides', 'label: String', 'callback', 'depth: int = 2'],
    });
    expect(describeSymbol(facts, 'Shape._weight').declaredType).toBe('double?');
    expect(describeSymbol(facts, 'Compare').declaredType).toBe('int Function(T a, T b)');
    expect(describeSymbol(facts, 'Visit').declaredType).toBe('void Function(Shape shape)');
    expect(describeSymbol(facts, 'shadow').parameters).toEqual(['twice: int Function(int y)']);
  });

  it('reads directives', () => {
    expect(listImports(facts)).toMatchInlineSnapshot(`
      [
        "member dart:math pi",
        "member dart:math max",
        "star package:meta/meta.dart",
        "star stub.dart",
        "star io.dart",
        "dynamic heavy.dart as heavy",
        "re-export src/shape.dart Shape",
        "re-export-star src/all.dart",
        "include circle.g.dart",
      ]
    `);
    expect(listExports(facts)).toMatchInlineSnapshot(`
      [
        "Shape",
        "Compare",
        "Visit",
        "limit",
        "floor",
        "name",
        "total",
        "total",
        "Shape",
        "Named",
        "Both",
        "Node",
        "Leaf",
        "Twice",
        "Id",
        "Planet",
        "Plain",
        "twice",
        "shadow",
        "main",
      ]
    `);
  });

  it('finds uses, and binds those that the file alone decides', () => {
    expect(listReferences(facts)).toMatchInlineSnapshot(`
      [
        "type Shape@14 in Visit -> Shape",
        "type List@17 in _cache",
        "type Map@17 in _cache",
        "type String@17 in _cache",
        "call load@17 in _cache",
        "type String@18 in name",
        "call _count@19 in total",
        "call store@20 in total",
        "decorate immutable@25 in Shape",
        "inherit Base@26 in Shape",
        "inherit Named@26 in Shape -> Named",
        "inherit Scaled@26 in Shape",
        "implement Comparable@26 in Shape",
        "type Shape@29 in Shape.none -> Shape",
        "instantiate Circle@29 in Shape.none",
        "call compute@30 in Shape._weight",
        "type String@33 in Shape.pair",
        "type String@35 in Shape.Shape",
        "type String@36 in Shape.named",
        "call super.origin@36 in Shape.named",
        "call f@37 in Shape._",
        "call register@38 in Shape._",
        "type Object@40 in Shape.of",
        "instantiate Circle@41 in Shape.make",
        "call twice@41 in Shape.make",
        "decorate override@45 in Shape.==",
        "type Object@46 in Shape.==",
        "call identical@46 in Shape.==",
        "type Future@48 in Shape.all",
        "type List@48 in Shape.all",
        "type Map@48 in Shape.all",
        "type String@48 in Shape.all",
        "type String@48 in Shape.all",
        "call print@52 in Shape.all",
        "call describe@52 in Shape.all",
        "call .add@56 in Shape.all",
        "call .addAll@56 in Shape.all",
        "call other.names@56 in Shape.all",
        "call area@57 in Shape.all -> Shape.area",
        "call run@58 in Shape.all",
        "call helper@58 in Shape.all -> Shape.all.helper",
        "call Shape.make@58 in Shape.all",
        "instantiate Circle@58 in Shape.all",
        "type Stream@60 in Shape.numbers",
        "type String@61 in Shape.title",
        "type String@62 in Shape.title",
        "call rename@62 in Shape.title",
        "inherit Shape@65 in Named -> Shape",
        "implement Labelled@65 in Named",
        "type String@65 in Named.label",
        "inherit Node@68 in Leaf -> Node",
        "inherit Named@68 in Leaf -> Named",
        "type List@69 in Twice",
        "type List@69 in Twice.twice",
        "type String@70 in extension on String",
        "implement int@71 in Id",
        "type String@71 in Id.parse",
        "call this._@71 in Id.parse",
        "call int.parse@71 in Id.parse",
        "inherit Named@73 in Planet -> Named",
        "implement Comparable@73 in Planet",
        "decorate deprecated@74 in Planet.earth",
        "call mars.small@76 in Planet.mars",
        "call weigh@76 in Planet.mars",
        "call twice@90 in shadow",
        "decorate Deprecated@91 in main",
        "type List@92 in main",
        "type String@92 in main",
        "call print@92 in main",
        "call twice@92 in main",
      ]
    `);
  });

  it('keeps what it can of broken text', () => {
    const broken = extract('class A {\n  void f( {\n  int g() => 1;\n');
    expect(broken.partial).toBe(true);
    for (const text of [
      'class',
      'extension type',
      'typedef',
      'operator',
      '@',
      'get',
      "'${",
      'enum E {',
      'import',
      'a<',
    ])
      expect(() => extract(text)).not.toThrow();
  });
});

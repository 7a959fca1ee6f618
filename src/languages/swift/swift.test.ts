import { describe, expect, it } from 'vitest';
import { describeSymbol, listImports, listReferences, listSymbols } from '../facts-listing.ts';
import { extractor } from './swift.ts';

const source = `import Foundation
import struct Geometry.Point

/// A thing with an area.
public protocol Shape: AnyObject {
    associatedtype Unit
    var name: String { get }
    func area(in unit: Unit) throws -> Double
}

/* class Ghost { /* nested */ func no() {} } */
public final class Circle<T: Numeric>: Base, Shape where T: Hashable {
    public static let unit = Circle(radius: 1)
    private(set) public var radius: Double = 0 {
        didSet { notify(radius) }
    }
    var diameter: Double { radius * 2 }
    let greeting = "func fake() { \\(describe("}")) }"

    public init?(radius: Double = 1, _ rest: Int...) {
        guard radius > 0, rest.isEmpty else { return nil }
        self.radius = radius
    }

    @discardableResult
    public override func area(
        in unit: String,
        completion: @escaping (Int) -> Void
    ) async throws -> [String: Double] {
        func helper(_ x: Int) -> Int { x + 1 }
        let raw = #"no \\(call(1)) here"#
        for i in 0..<10 where i > 2 {
            if case .some(let v) = lookup(i), v > 0 || v < -3 {
                completion(helper(v))
            } else { print(raw) }
        }
        return items.map { $0.value }
    }

    static func == (lhs: Circle, rhs: Circle) -> Bool { lhs.radius == rhs.radius }

    deinit { cleanup() }

    enum Kind: String, Codable {
        case small, large = "L"
        case custom(width: Int, Double)
        indirect case nested(Kind)
    }
}

extension Geometry.Point: CustomStringConvertible {
    var description: String { "(\\(x), \\(y))" }
    subscript(index: Int) -> Double { index == 0 ? x : y }
}

typealias Handler = (Int) -> Void
let emoji = "😀"; func after() {}
func \`default\`() {
    let class1 = Kind.init(rawValue: "a")
    let text = """
    func inside() { "quotes" }
    """
    use(class1, text)
}
`;

describe('Swift', () => {
  const facts = extractor.extract({ text: source, language: 'swift', declarations: false });

  it('finds declarations with their nesting', () => {
    expect(facts.partial).toBe(false);
    expect(listSymbols(facts)).toEqual([
      'interface Shape 5-9 exported',
      'type Shape.Unit 6-6 exported',
      'property Shape.name 7-7 exported abstract declaration',
      'method Shape.area 8-8 exported abstract declaration',
      'class Circle 12-49 exported final',
      'field Circle.unit 13-13 exported static readonly',
      'field Circle.radius 14-16 exported',
      'property Circle.diameter 17-17 internal',
      'field Circle.greeting 18-18 internal readonly',
      'constructor Circle.init 20-23 exported',
      'method Circle.area 25-38 exported async override',
      'function Circle.area.helper 30-30 private',
      'method Circle.== 40-40 internal static operator',
      'method Circle.deinit 42-42 internal',
      'enum Circle.Kind 44-48 internal',
      'enum-member Circle.Kind.small 45-45 internal',
      'enum-member Circle.Kind.large 45-45 internal',
      'enum-member Circle.Kind.custom 46-46 internal',
      'enum-member Circle.Kind.nested 47-47 internal',
      'namespace extension Geometry.Point 51-54 internal',
      'property extension Geometry.Point.description 52-52 internal',
      'property extension Geometry.Point.subscript 53-53 internal',
      'type Handler 56-56 internal',
      'constant emoji 57-57 internal readonly',
      'function after 57-57 internal',
      'function default 58-64 internal',
    ]);
  });

  it('reads headers', () => {
    expect(describeSymbol(facts, 'Shape').documentation).toBe('A thing with an area.');
    expect(describeSymbol(facts, 'Circle.init').parameters).toEqual(['radius: Double = 1', '*rest: Int']);
    const area = describeSymbol(facts, 'Circle.area');
    expect(area).toMatchObject({
      returnType: '[String: Double]',
      decorators: 'discardableResult',
      parameters: ['unit: String', 'completion: @escaping (Int) -> Void'],
      cyclomatic: 4,
      cognitive: 5,
      nesting: 2,
    });
    expect(describeSymbol(facts, 'Circle.radius').declaredType).toBe('Double');
    const after = describeSymbol(facts, 'after');
    expect(
      Buffer.from(source)
        .subarray(...after.bytes)
        .toString(),
    ).toBe('func after() {}');
  });

  it('finds imports, conformances and calls, in interpolations too', () => {
    expect(listImports(facts)).toEqual(['module Foundation', 'member Geometry Point']);
    const references = listReferences(facts);
    expect(references.filter((line) => /^(?:inherit|implement)/.test(line))).toEqual([
      'inherit AnyObject@5 in Shape',
      'inherit Base@12 in Circle',
      'inherit Shape@12 in Circle',
      'implement String@44 in Circle.Kind',
      'implement Codable@44 in Circle.Kind',
      'implement CustomStringConvertible@51 in extension Geometry.Point',
    ]);
    expect(references.filter((line) => line.startsWith('call'))).toEqual([
      'call Circle@13 in Circle.unit',
      'call notify@15 in Circle.radius',
      'call describe@18 in Circle.greeting',
      'call lookup@33 in Circle.area',
      'call completion@34 in Circle.area',
      'call helper@34 in Circle.area',
      'call print@35 in Circle.area',
      'call items.map@37 in Circle.area',
      'call cleanup@42 in Circle.deinit',
      'call Kind.init@59 in default',
      'call use@63 in default',
    ]);
  });

  it('keeps what it can of broken text', () => {
    for (const text of [
      'class A { func f( {',
      'func g() { "open \\(x',
      '}}}} func h() {}',
      'enum E { case',
      'class',
      'func',
      '@',
      'var',
      'import',
    ]) {
      expect(() => extractor.extract({ text, language: 'swift', declarations: false })).not.toThrow();
    }
    expect(listSymbols(extractor.extract({ text: '}} func h() {}', language: 'swift', declarations: false }))).toEqual([
      'function h 1-1 internal',
    ]);
  });
});

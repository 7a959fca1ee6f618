/** How objects come to be. */
import type { SymbolRecord } from '#model/snapshot.ts';
import type { ClassModel, MethodModel } from './class-model.ts';
import { found, named, type PatternFinder, symbolsOf } from './pattern-finder.ts';

/** A static field that holds the class's one object, and a static way to it that makes it once. */
export const singletons: PatternFinder = function* ({ all }) {
  for (const { symbol, fields, methods, constructors } of all)
    for (const access of [...methods, ...constructors]) {
      const isNew = access.symbol.name === '__new__';
      if (!access.isStatic && !isNew) continue;
      const field = fields.find(
        ({ id, name }) =>
          (access.reads.has(id) || access.writes.has(id)) &&
          new RegExp(`\\b(?:cls|self|this|${symbol.name})\\s*\\.\\s*#?${escaped(name)}\\b|\\b${escaped(name)}\\b`).test(
            access.source,
          ) &&
          new RegExp(
            `return\\s+(?:\\(?\\s*)?(?:(?:cls|self|this|${symbol.name})\\s*\\.\\s*)?#?${escaped(name)}\\b`,
          ).test(access.source),
      );
      if (!field) continue;
      const makes = isNew
        ? /\bsuper\(\)\.__new__|\bobject\.__new__/.test(access.source)
        : access.made.has(symbol.id) || new RegExp(`\\b(?:cls\\(|new\\s+(?:this|self)\\b)`).test(access.source);
      const isGuarded = /\bif\b|\?\?=|\|\|=/.test(access.source);
      if (!makes || !isGuarded) continue;
      yield found(
        'singleton',
        `${access.symbol.name} makes the object once, keeps it in ${field.name} and gives it to all.`,
        [
          ['singleton', symbol],
          ['access', access.symbol],
          ['the one object', field],
        ],
      );
      break;
    }
};

/** What gives a new thing for another reason is no factory: rendering, adding, converting. */
const making = /^_*(?:create|make|build|new|get|open|spawn|produce|instantiate|construct)|factory|_class$/i;

/** Ways to make things that heirs decide on; with two and more of them an abstract factory. */
export const factories: PatternFinder = function* (classes) {
  for (const creator of classes.all) {
    const heirs = classes.concrete(creator.symbol.id);
    if (heirs.length < 2) continue;
    const ways = creator.methods.flatMap((method) => {
      const makers = heirs.flatMap((heir) => {
        const own = heir.methods.find(({ symbol }) => symbol.name === method.symbol.name);
        const products = own ? [...own.returned].flatMap((id) => classes.get(id) ?? []) : [];
        return own && products.length > 0 ? [{ heir, own, products }] : [];
      });
      const products = new Set(makers.flatMap((maker) => maker.products));
      return makers.length >= 2 &&
        products.size >= 2 &&
        products.values().every(({ symbol }) => !classes.isA(symbol.id, creator.symbol.id))
        ? [{ method, makers, products: [...products] }]
        : [];
    });
    const abstract = ways.filter(({ method }) => method.isAbstract);
    if (abstract.length >= 2) {
      const factoriesOf = [...new Set(abstract.flatMap(({ makers }) => makers.map(({ heir }) => heir)))];
      yield found(
        'abstract-factory',
        `${named(symbolsOf(factoriesOf))} each make a set of things (${named(abstract.map(({ method }) => method.symbol))}) behind ${creator.symbol.name}.`,
        [
          ['abstract factory', creator.symbol],
          ['concrete factory', symbolsOf(factoriesOf)],
          ['product', symbolsOf([...new Set(abstract.flatMap(({ products }) => products))])],
        ],
      );
    } else
      for (const { method, makers, products } of ways) {
        const user = creator.methods.find((each) => each !== method && each.ownCalls.has(method.symbol.id));
        if ((!user && !method.isAbstract) || !making.test(method.symbol.name)) continue;
        yield found(
          'factory-method',
          `${creator.symbol.name} leaves to ${named(symbolsOf(makers.map(({ heir }) => heir)))} what ${method.symbol.name} makes.`,
          [
            ['creator', creator.symbol],
            ['factory method', method.symbol],
            ['concrete creator', symbolsOf(makers.map(({ heir }) => heir))],
            ['product', symbolsOf(products)],
          ],
        );
      }
  }
};

const finishing = /^(?:build|create|make|construct|finish|get_?result|to_?[a-z]\w*|complete)/i;

/** Steps that hand the builder back, and one that hands out the product. */
export const builders: PatternFinder = function* (classes) {
  for (const builder of classes.all) {
    const steps = builder.methods.filter(
      ({ source, symbol, isStatic }) =>
        !isStatic &&
        symbol.parameters.length > 0 &&
        /\breturn\s+(?:self|this)\s*;?\s*\}?\s*$/.test(source.trim()) &&
        hasState(source),
    );
    if (steps.length < 2) continue;
    for (const last of builder.methods) {
      if (steps.includes(last) || !finishing.test(last.symbol.name)) continue;
      const [product] = [...last.made].filter((id) => !classes.isA(id, builder.symbol.id) && id !== builder.symbol.id);
      if (product === undefined) continue;
      const made = classes.get(product);
      if (!made) continue;
      yield found(
        'builder',
        `${steps.length} steps hand the builder back, and ${last.symbol.name} makes a ${made.symbol.name} of what they gathered.`,
        [
          ['builder', builder.symbol],
          ['step', steps.map(({ symbol }) => symbol)],
          ['last step', last.symbol],
          ['product', made.symbol],
        ],
      );
      break;
    }
  }
};

const hasState = (source: string): boolean =>
  /\b(?:self|this)\s*\.\s*#?\w+(?:\[[^\]]*\])?\s*(?:[-+*/|&]?=(?!=)|\.(?:push|append|add|put|set)\()/.test(source);

/** Objects that make others of their own kind from themselves, in a family that knows how. */
export const prototypes: PatternFinder = function* (classes) {
  const cloning = (model: ClassModel): MethodModel | undefined =>
    model.methods.find(({ symbol }) => /^(?:clone|copy|duplicate|__copy__|__deepcopy__)$/.test(symbol.name));
  for (const prototype of classes.all) {
    const declared = cloning(prototype);
    if (!declared || classes.overridden(prototype, declared.symbol.name).length > 0) continue;
    const heirs = classes.concrete(prototype.symbol.id).filter((heir) => {
      const own = cloning(heir);
      return own?.made.has(heir.symbol.id) === true;
    });
    if (heirs.length < 2) continue;
    yield found(
      'prototype',
      `${named(symbolsOf(heirs))} each make a copy of themselves through ${declared.symbol.name}.`,
      [
        ['prototype', prototype.symbol],
        ['operation', declared.symbol],
        ['concrete prototype', symbolsOf(heirs)],
      ],
    );
  }
};

/** One table of shared objects, by key: made when first asked for. */
export const flyweights: PatternFinder = function* (classes) {
  for (const factory of classes.all)
    for (const method of factory.methods) {
      const [field] = [...method.reads]
        .flatMap((id) => factory.fields.find((each) => each.id === id) ?? [])
        .filter((each) => isTable(method, each));
      if (!field || method.symbol.parameters.filter(({ name }) => name !== 'self' && name !== 'cls').length === 0)
        continue;
      const [made] = [...method.made].filter((id) => id !== factory.symbol.id).flatMap((id) => classes.get(id) ?? []);
      if (!made || classes.family(factory.symbol.id).has(made.symbol.id) || isThrown(method, made.symbol)) continue;
      yield found(
        'flyweight',
        `${method.symbol.name} makes a ${made.symbol.name} for each key once, and gives out the same one from ${field.name} after that.`,
        [
          ['flyweight factory', factory.symbol],
          ['access', method.symbol],
          ['flyweight', made.symbol],
        ],
      );
      break;
    }
};

/** An error of the way is nothing that is shared. */
function isThrown({ source }: MethodModel, { name }: SymbolRecord): boolean {
  return new RegExp(`\\b(?:raise|throw(?:\\s+new)?)\\s+[\\w.]*\\b${escaped(name)}\\b`).test(source);
}

/** Looked into, filled and given out in one method, by a key that it is given. */
function isTable({ source, symbol }: MethodModel, { name }: SymbolRecord): boolean {
  const field = `(?:\\b(?:self|this|cls|\\w+)\\s*\\.\\s*)?#?\\b${escaped(name)}`;
  const keys = symbol.parameters.map((each) => each.name).filter((each) => each !== 'self' && each !== 'cls');
  const key = `(?:${keys.map(escaped).join('|')}|key)`;
  return (
    (new RegExp(`${field}\\s*\\[\\s*${key}\\b[^\\]]*\\]\\s*(?:\\?\\?)?=(?!=)`).test(source) ||
      new RegExp(`${field}\\s*\\.\\s*(?:set|put|putIfAbsent|computeIfAbsent|setdefault)\\(\\s*${key}\\b`).test(
        source,
      )) &&
    (new RegExp(`\\b${key}\\s+(?:not\\s+)?in\\s+${field}`).test(source) ||
      new RegExp(`${field}\\s*\\.\\s*(?:get|has|containsKey|computeIfAbsent|setdefault)\\(\\s*${key}\\b`).test(
        source,
      )) &&
    /\breturn\b/.test(source)
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** How objects are put together. */
import type { SymbolRecord } from '#model/snapshot.ts';
import type { ClassModel, ClassModels, HandedOn, MethodModel } from './class-model.ts';
import { found, named, type PatternFinder, symbolsOf } from './pattern-finder.ts';

interface Handing {
  readonly method: MethodModel;
  readonly to: HandedOn;
  /** The base whose method this one stands for. */
  readonly base: ClassModel;
}

/** Methods that stand for a base's and hand on to what a field holds. */
function handings(classes: ClassModels, model: ClassModel): readonly Handing[] {
  return model.methods.flatMap((method) => {
    const [base] = classes.overridden(model, method.symbol.name);
    return base ? method.handedOn.map((to) => ({ method, to, base })) : [];
  });
}

/** Wrappers of one's own kind: decorators add, proxies stand for one certain class; adapters give another class a face. */
export const wrappers: PatternFinder = function* (classes) {
  for (const model of classes.all) {
    if (model.symbol.kind === 'interface') continue;
    const byField = Map.groupBy(handings(classes, model), ({ to }) => to.field.id);
    for (const group of byField.values()) {
      const [{ base, to }] = group as [Handing];
      const types = [...(holderOf(classes, model, to.field)?.holds.get(to.field.id) ?? [])];
      const same = group.filter(({ method, to: other }) => method.symbol.name === other.target.name);
      const kin = types.filter((type) => classes.isA(type, base.symbol.id));
      if (kin.length > 0 && same.length > 0) {
        if (same.every(({ method }) => isLooping(method))) continue;
        const isOpen = types.includes(base.symbol.id) || kin.some((type) => classes.get(type)?.isAbstract === true);
        const given = holderOf(classes, model, to.field)?.given.has(to.field.id) === true;
        const adding = same.filter(({ method }) => addsSomething(method));
        if (isOpen && given && adding.length > 0 && !isLink(classes, model, to.field, base)) {
          yield found(
            'decorator',
            `It is a ${base.symbol.name}, holds one that it is given (${to.field.name}), and adds to ${named(adding.map(({ method }) => method.symbol))}.`,
            [
              ['decorator', model.symbol],
              ['component', base.symbol],
              ['wrapped', to.field],
            ],
          );
          break;
        }
        const real = kin
          .map((type) => classes.get(type)!)
          .find((type) => !type.isAbstract && type.symbol.id !== base.symbol.id && type.symbol.id !== model.symbol.id);
        if (real && !classes.isA(model.symbol.id, real.symbol.id) && kin.length === 1) {
          yield found(
            'proxy',
            `It is a ${base.symbol.name} as ${real.symbol.name} is, and stands for one (${to.field.name}).`,
            [
              ['proxy', model.symbol],
              ['subject', base.symbol],
              ['real subject', real.symbol],
            ],
          );
          break;
        }
        continue;
      }
      const renamed = group.filter(({ method, to: other }) => method.symbol.name !== other.target.name);
      const adaptee = classes.get(to.owner);
      const isStranger =
        adaptee !== undefined &&
        kin.length === 0 &&
        !classes.isA(to.owner, base.symbol.id) &&
        !classes.isA(base.symbol.id, to.owner);
      const standing = model.methods.filter(({ symbol }) => classes.overridden(model, symbol.name).length > 0);
      if (!isStranger || renamed.length === 0 || adaptee.isAbstract || byField.size > 1) continue;
      if (renamed.length * 2 < standing.length || !renamed.every(({ method }) => isThin(method))) continue;
      if (base.methods.some(({ symbol, isAbstract }) => !isAbstract && symbol.name === renamed[0]!.method.symbol.name))
        continue;
      yield found(
        'adapter',
        `It gives ${adaptee.symbol.name} the face of ${base.symbol.name}: ${named(renamed.map(({ method }) => method.symbol))} call it by its own names.`,
        [
          ['adapter', model.symbol],
          ['target', base.symbol],
          ['adaptee', adaptee.symbol],
        ],
      );
      break;
    }
  }
};

const holderOf = (classes: ClassModels, model: ClassModel, field: SymbolRecord): ClassModel | undefined =>
  [...classes.family(model.symbol.id)]
    .flatMap((id) => classes.get(id) ?? [])
    .find(({ fields }) => fields.some(({ id }) => id === field.id));

const isLooping = ({ source }: MethodModel): boolean => /\bfor\b|\.(?:forEach|map|reduce)\(/.test(source);

/** More than handing on: another statement, or something done with what comes back. */
function addsSomething({ symbol, source, handedOn }: MethodModel): boolean {
  if ((symbol.metrics?.statements ?? 1) > 1) return true;
  const only =
    handedOn.length === 1 &&
    /^\s*(?:return\s+)?(?:await\s+)?(?:self|this)?\s*\.?\s*#?\w+\s*\.\s*\w+\([^()]*\)\s*;?\s*\}?\s*$/m.test(source);
  return !only;
}

const isThin = ({ symbol }: MethodModel): boolean => (symbol.metrics?.codeLines ?? 1) <= 8;

/** A link of a chain: the field is declared where the operation is, and the operation goes on only under a condition. */
function isLink(classes: ClassModels, model: ClassModel, field: SymbolRecord, base: ClassModel): boolean {
  return holderOf(classes, model, field) === base && model !== base;
}

/** Parts and wholes of one kind: the whole asks each of its parts the same. */
export const composites: PatternFinder = function* (classes) {
  for (const model of classes.all) {
    for (const method of model.methods) {
      const [component] = classes.overridden(model, method.symbol.name);
      if (!component || !isLooping(method)) continue;
      const asked = method.calls.filter(
        ({ name, parent }) =>
          name === method.symbol.name && parent !== undefined && classes.isA(parent, component.symbol.id),
      );
      const parts = [...method.reads].flatMap((id) => model.fields.find((field) => field.id === id) ?? []);
      const [field] = parts.filter(({ name }) => loopsOver(method.source, name));
      if (asked.length === 0 || !field || !asksEach(method)) continue;
      const leaves = classes
        .concrete(component.symbol.id)
        .filter((each) => each !== model && !classes.isA(each.symbol.id, model.symbol.id));
      if (leaves.length === 0) continue;
      yield found(
        'composite',
        `It is a ${component.symbol.name}, holds others (${field.name}), and ${method.symbol.name} asks each of them the same.`,
        [
          ['composite', model.symbol],
          ['component', component.symbol],
          ['children', field],
          ['leaf', symbolsOf(leaves)],
        ],
      );
      break;
    }
  }
};

/** Of something else than itself and what it inherits. */
function asksEach({ symbol: { name }, source }: MethodModel): boolean {
  if (name === '__call__') return /\bfor\s+(\w+)\s+in\b[\s\S]*\b\1\(/.test(source);
  return new RegExp(`\\b(?!(?:self|this|super|cls)\\b)\\w+(?:\\[[^\\]]*\\])?\\s*\\??\\.\\s*${name}\\(`).test(source);
}

function loopsOver(source: string, field: string): boolean {
  const name = field.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return (
    new RegExp(`\\bfor\\b[^\\n]*\\b(?:in|of|:)\\s[^\\n]*\\b${name}\\b`).test(source) ||
    new RegExp(`\\bfor\\s*\\([^)]*:\\s*(?:this\\.)?${name}\\b`).test(source) ||
    new RegExp(`\\b${name}\\b[^\\n;]{0,20}\\.(?:forEach|map|reduce|every|some|filter)\\(`).test(source)
  );
}

/** Two families: what one does, it leaves to a member of the other that it is given. */
export const bridges: PatternFinder = function* (classes) {
  for (const abstraction of classes.all) {
    const refined = classes.heirs(abstraction.symbol.id);
    if (refined.length < 2 || abstraction.symbol.kind === 'interface') continue;
    for (const [field, types] of abstraction.holds) {
      if (!abstraction.given.has(field)) continue;
      const implementor = [...types]
        .flatMap((id) => classes.get(id) ?? [])
        .find(({ isAbstract, symbol }) => isAbstract && classes.concrete(symbol.id).length >= 2);
      if (
        !implementor ||
        classes.isA(implementor.symbol.id, abstraction.symbol.id) ||
        classes.isA(abstraction.symbol.id, implementor.symbol.id)
      )
        continue;
      const users = [abstraction, ...refined].filter(({ methods }) =>
        methods.some(({ handedOn }) => handedOn.some((to) => to.field.id === field)),
      );
      if (!users.some((user) => user !== abstraction)) continue;
      yield found(
        'bridge',
        `${abstraction.symbol.name} and its heirs leave the work to a ${implementor.symbol.name}, of which there are ${classes.concrete(implementor.symbol.id).length}: both sides vary by themselves.`,
        [
          ['abstraction', abstraction.symbol],
          ['refined abstraction', symbolsOf(refined)],
          ['implementor', implementor.symbol],
          ['concrete implementor', symbolsOf(classes.concrete(implementor.symbol.id))],
        ],
      );
      break;
    }
  }
};

/** One class in front of several that it makes itself and that do not know it. */
export const facades: PatternFinder = function* (classes) {
  for (const model of classes.all) {
    if (model.bases.length > 0 || classes.heirs(model.symbol.id).length > 0) continue;
    const made = new Set(model.constructors.flatMap((each) => [...each.made]));
    const parts = [...model.holds].flatMap(([field, types]) =>
      [...types].filter((type) => made.has(type)).map((type) => ({ field, type })),
    );
    const subsystem = [...new Set(parts.map(({ type }) => type))]
      .flatMap((id) => classes.get(id) ?? [])
      .filter(({ methods }) => methods.length > 0);
    if (subsystem.length < 3) continue;
    if (subsystem.some((part) => [...part.holds.values()].some((types) => types.has(model.symbol.id)))) continue;
    const joint = model.methods.filter(({ handedOn }) => new Set(handedOn.map(({ owner }) => owner)).size >= 2);
    const widest = Math.max(0, ...joint.map(({ handedOn }) => new Set(handedOn.map(({ owner }) => owner)).size));
    if (widest < 3 && joint.length < 3) continue;
    yield found(
      'facade',
      `${named(joint.map(({ symbol }) => symbol))} put ${named(symbolsOf(subsystem))} to work, which it makes itself and which do not know it.`,
      [
        ['facade', model.symbol],
        ['subsystem', symbolsOf(subsystem)],
      ],
    );
  }
};
